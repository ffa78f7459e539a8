/** What every storage does with a batch: a row that is not kept takes all later ones of its author and document with it. */
import type { Appended, IncomingRow } from './storage.ts';

export function appendInOrder(
  rows: readonly IncomingRow[],
  append: (row: IncomingRow) => Appended,
): readonly Appended[] {
  const ended = new Map<string, Appended>();
  return rows.map((row) => {
    const sender = [row.workspace, row.document, row.author.device].join('\n');
    const appended = ended.get(sender) ?? append(row);
    if (!isKept(appended)) ended.set(sender, appended);
    return appended;
  });
}

/** The row is in its document, now or already before. */
export function isKept(appended: Appended): boolean {
  return appended.kind === 'appended' || appended.kind === 'duplicate';
}
