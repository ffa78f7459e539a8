/** Receipts, each kept once under the hash of its content: the original and a small picture of it. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import { sha256 } from '#lib/domain/sha256.ts';
import type { Database, StoredReceipt } from './database.ts';
import { failureOf, type StoreFailure } from './failure.ts';

export interface NewReceipt {
  readonly original: Uint8Array<ArrayBuffer>;
  /** Media type, from the content and not from the file's name. */
  readonly type: string;
  /** Null where no picture can be made (a PDF without a renderer). */
  readonly thumbnail: Uint8Array<ArrayBuffer> | null;
  /** The inbox whose expense names it. */
  readonly document: string;
}

/** Keeps a receipt and gives its hash; the same content twice is one receipt. (S13) */
export async function keepReceipt(database: Database, receipt: NewReceipt): Promise<Result<string, StoreFailure>> {
  const hash = await sha256(receipt.original);
  try {
    await database.transaction('rw', database.receipts, async () => {
      const known = await database.receipts.get(hash);
      if (known?.original != null && (known.thumbnail !== null || receipt.thumbnail === null)) return;
      await database.receipts.put({ ...receipt, hash, size: receipt.original.length, sent: known?.sent ?? 0 });
    });
    return ok(hash);
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

export function receiptOf(database: Database, hash: string): Promise<StoredReceipt | undefined> {
  return database.receipts.get(hash);
}

/** Lets go of a receipt that a smaller picture of it has taken the place of. */
export function dropReceipt(database: Database, hash: string): Promise<void> {
  return database.receipts.delete(hash);
}

/** Hashes of receipts that no server has yet. */
export function receiptsToSend(database: Database): Promise<string[]> {
  return database.receipts.where('sent').equals(0).primaryKeys();
}

export async function receiptSent(database: Database, hash: string): Promise<void> {
  await database.receipts.update(hash, { sent: 1 });
}

/** The server went back to a copy, which may not have the receipts of this inbox: those that are here are offered again. */
export async function receiptsAgain(database: Database, document: string): Promise<void> {
  const sent = database.receipts.where('sent').equals(1);
  await sent.filter((receipt) => receipt.document === document && receipt.original !== null).modify({ sent: 0 });
}

/** Keeps a receipt that came from the server; what was known of it before stays. */
export async function keepFetched(
  database: Database,
  fetched: Pick<StoredReceipt, 'hash' | 'type'> & { readonly original: Uint8Array<ArrayBuffer> },
): Promise<Result<null, StoreFailure>> {
  try {
    await database.transaction('rw', database.receipts, async () => {
      const known = await database.receipts.get(fetched.hash);
      await database.receipts.put({ thumbnail: null, ...known, ...fetched, size: fetched.original.length, sent: 1 });
    });
    return ok(null);
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

/** The small picture of a receipt that had none. */
export async function keepThumbnail(
  database: Database,
  hash: string,
  thumbnail: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await database.receipts.update(hash, { thumbnail });
}

/**
 * Lets go of originals that a server has, largest first, until `bytes` are free; thumbnails stay. Gives what was freed.
 * A receipt that was not sent is never touched. (S13)
 */
export async function pruneReceipts(database: Database, bytes: number): Promise<number> {
  return database.transaction('rw', database.receipts, async () => {
    const sent = await database.receipts.where('sent').equals(1).toArray();
    let freed = 0;
    for (const receipt of sent.sort((a, b) => b.size - a.size)) {
      if (freed >= bytes) break;
      if (receipt.original === null) continue;
      await database.receipts.update(receipt.hash, { original: null });
      freed += receipt.size;
    }
    return freed;
  });
}
