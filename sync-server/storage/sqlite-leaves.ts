/** Hashes of updates, of merged rows and of those that still stand alone. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { hashesBetween } from './leaves.ts';
import type { Leaves } from './leaves.ts';

export function hashesIn(
  db: DatabaseSync,
): (document: number, first: number, last: number) => ReadonlyMap<number, string> {
  const kept = db.prepare(
    'SELECT first, hashes FROM leaves WHERE document = ? AND first <= ? AND first + length(hashes) / 32 > ?',
  );
  const alone = db.prepare('SELECT seq, bytes FROM rows WHERE document = ? AND seq BETWEEN ? AND ? AND first = seq');
  return (document, first, last) => {
    const rows = alone.all(document, first, last).map((row) => ({
      seq: Number(row['seq']),
      hash: createHash('sha256')
        .update(row['bytes'] as Uint8Array)
        .digest('hex'),
    }));
    return hashesBetween(first, last, kept.all(document, last, first) as unknown as readonly Leaves[], rows);
  };
}
