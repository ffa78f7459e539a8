/** Documents that the person at this device may not read any more: nothing of them stays on it. (S26) */
import type { Database } from './database.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { isDecided } from '#lib/documents/decided.ts';
import { moveToParked, takeAway, unacknowledgedRows } from './parked.ts';
import { documentNamed } from './quarantine.ts';
import type { ExpenseTrail } from './trail.ts';
import type { UpdateLog } from './update-log.ts';

/** Names of the documents of which there is anything here. */
export async function documentsHere({ updates }: Database): Promise<readonly string[]> {
  return (await updates.orderBy('document').uniqueKeys()) as string[];
}

/**
 * Takes the documents off this device, with their receipts and the steps that would take edits of them back. What was
 * typed here and no server has is parked first. Ask when the projections are settled: they name the receipts.
 */
export async function forgetDocuments(log: UpdateLog, names: readonly string[]): Promise<void> {
  await log.flush();
  const gone = new Set(names);
  await forgetReceipts(log.database, gone);
  await log.database.undoSteps.filter(({ step }) => step.changes.some((each) => gone.has(each.document))).delete();
  for (const name of names) {
    await takeAway(log, name, async (database) => {
      if (!isDecided(name)) await moveToParked(database, await unacknowledgedRows(database, name), 'revoked');
      const ofDocument = database.parked.where('document').equals(name);
      await ofDocument.filter(({ reason }) => reason === 'lost-by-server').delete();
      await database.updates.where('document').equals(name).delete();
      const document = await documentNamed(database, name);
      await database.documents.put({ ...document, incarnation: null, cursor: 0 });
      return true;
    });
    await log.database.quarantine.where('document').equals(name).delete();
  }
}

/** Receipts that a server has and that only these documents name. */
async function forgetReceipts(database: Database, gone: ReadonlySet<string>): Promise<void> {
  const named = new Set<string>();
  const kept = new Set<string>();
  await database.trails.each((trail) => {
    for (const { document, receipts } of partsOf(trail)) {
      for (const hash of receipts) (gone.has(document) ? named : kept).add(hash);
    }
  });
  await database.receipts
    .where('sent')
    .equals(1)
    .filter(({ hash, document }) => (named.has(hash) || gone.has(document ?? '')) && !kept.has(hash))
    .delete();
}

function partsOf({ captured, entries }: ExpenseTrail): readonly (Named & Pick<Expense, 'receipts'>)[] {
  const part = (document: string, { receipts }: Expense | LedgerEntry) => ({ document, receipts });
  const posted = entries.map(({ document, entry }) => part(document, entry));
  return captured === null ? posted : [part(captured.document, captured.expense), ...posted];
}

interface Named {
  readonly document: string;
}
