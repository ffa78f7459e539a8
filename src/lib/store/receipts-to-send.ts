/** The receipts of a device that no server has, each once its expense is there. */
import type { StoredReceipt } from './database.ts';
import { receiptOf, receiptSent, receiptsToSend } from './receipts.ts';
import type { UpdateLog } from './update-log.ts';

export interface ReceiptsToSend {
  due(): Promise<readonly string[]>;
  take(hash: string): Promise<{ readonly document: string; readonly bytes: Uint8Array<ArrayBuffer> } | null>;
  sent(hash: string): Promise<void>;
}

/**
 * `isFinal` says whether a receipt stays as it is: a photo that is about to be made smaller is not sent. Shaped after
 * `ReceiptSource` of the sync floor, which may not be named here. (S13)
 */
export function receiptsToSendOf(log: UpdateLog, isFinal: (receipt: StoredReceipt) => boolean): ReceiptsToSend {
  const { database } = log;
  let named: Promise<ReadonlyMap<string, string>> | null = null;

  /** Only receipts of a restored copy do not know their inbox: one look through everything finds all of them. */
  async function inboxOf({ hash, document }: StoredReceipt): Promise<string | undefined> {
    if (document !== undefined) return document;
    named ??= inboxesOfReceipts(log);
    const found = (await named).get(hash);
    if (found !== undefined) await database.receipts.update(hash, { document: found });
    return found;
  }

  return {
    due: () => receiptsToSend(database),
    async take(hash) {
      const receipt = await receiptOf(database, hash);
      if (receipt?.original == null || receipt.sent === 1 || !isFinal(receipt)) return null;
      const document = await inboxOf(receipt);
      if (document === undefined || !(await isAcknowledged(log, document))) return null;
      return { document, bytes: receipt.original };
    },
    sent: (hash) => receiptSent(database, hash),
  };
}

/** Whether the server has everything that was typed into the document here. */
async function isAcknowledged(log: UpdateLog, document: string): Promise<boolean> {
  if (log.heldRows(document).some(({ state }) => state === 'unacknowledged')) return false;
  const waiting = log.database.updates.where('[state+document]').equals(['unacknowledged', document]);
  return (await waiting.count()) === 0;
}

async function inboxesOfReceipts({ database }: UpdateLog): Promise<ReadonlyMap<string, string>> {
  const named = new Map<string, string>();
  await database.trails.each(({ captured }) => {
    for (const hash of captured?.expense.receipts ?? []) named.set(hash, captured?.document ?? '');
  });
  return named;
}
