/** Hashes of updates, of merged rows and of those that still stand alone. */
import type { Pool } from 'pg';
import { hashesBetween } from './leaves.ts';
import type { Leaves } from './leaves.ts';
import { ask } from './postgres-transaction.ts';
import type { Storage } from './storage.ts';

export function hashesOf(pool: Pool): Pick<Storage, 'updateHashes'> {
  return {
    updateHashes: async (workspace, name, first, last) => {
      const asked = [workspace, name, first, last];
      const [kept, alone] = await Promise.all([
        ask<Leaves>(pool, KEPT, asked),
        ask<{ seq: number; hash: string }>(pool, ALONE, asked),
      ]);
      return hashesBetween(first, last, kept, alone);
    },
  };
}

const DOCUMENT = '(SELECT id FROM documents WHERE workspace = $1 AND name = $2)';
const KEPT = `
  SELECT first, hashes FROM leaves
  WHERE document = ${DOCUMENT} AND first <= $4 AND first + length(hashes) / 32 > $3`;
const ALONE = `
  SELECT seq, encode(sha256(bytes), 'hex') AS hash FROM rows
  WHERE document = ${DOCUMENT} AND seq BETWEEN $3 AND $4 AND first = seq`;
