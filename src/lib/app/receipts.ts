/** Receipts of an expense: kept as they came, made smaller when there is time, shown from this device. */
import { LARGEST_RECEIPT, mediaType } from '#lib/domain/ledger/receipt.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { dropReceipt, keepFetched, keepReceipt, keepThumbnail, pruneReceipts, receiptOf } from '#lib/store/receipts.ts';
import type { ReceiptFailure } from '#lib/sync/receipt-line.ts';
import { imageShrinker, type ImageShrinker } from '#lib/workers/start-image-worker.ts';
import { changeReceipts, type InboxExpense } from './commands/expenses.ts';
import { explainStore } from './explain-store.ts';
import { waitingActs } from './waiting-commands.ts';
import type { Workspace } from './workspace.svelte.ts';

export type ReceiptRefusal =
  | { readonly kind: 'not-a-receipt'; readonly type: string }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number };

/** A phone's photo has 3 to 15 MB and is made smaller; what stays as it is may have no more than a receipt may. */
const LARGEST_PHOTO = 40 * 1024 * 1024;

/** Makes photos smaller off the page's thread; `close` ends it. */
export function photoShrinker(): ImageShrinker {
  return imageShrinker();
}

/** Keeps the file as it is for an expense of `document`, and gives the hash it is known by. It is on disk when this resolves. */
export async function keepOriginal(
  workspace: Workspace,
  file: Blob,
  document: string,
): Promise<Result<string, StoreFailure | ReceiptRefusal>> {
  if (file.size > LARGEST_PHOTO) return err({ kind: 'too-large', bytes: file.size, limit: LARGEST_PHOTO });
  const original = new Uint8Array(await file.arrayBuffer());
  const type = mediaType(original);
  if (type === null) return err({ kind: 'not-a-receipt', type: file.type });
  const limit = type.startsWith('image/') ? LARGEST_PHOTO : LARGEST_RECEIPT;
  if (file.size > limit) return err({ kind: 'too-large', bytes: file.size, limit });
  return keepReceipt(workspace.log.database, { original, type, thumbnail: null, document });
}

/**
 * Puts a smaller picture in the original's place: first the picture is kept, then the expense points to it, and only
 * then the original goes. Gives the hash that stands in the end.
 */
export async function shrinkReceipt(
  workspace: Workspace,
  held: InboxExpense,
  hash: string,
  { shrink }: Pick<ImageShrinker, 'shrink'>,
): Promise<Result<string, StoreFailure>> {
  const { database } = workspace.log;
  const kept = await receiptOf(database, hash);
  if (kept?.original == null || kept.thumbnail !== null || !kept.type.startsWith('image/')) return ok(hash);
  const shrunk = await shrink(new Blob([kept.original], { type: kept.type }));
  if (shrunk === null) return ok(hash);
  const smaller = await keepReceipt(database, {
    original: await bytesOf(shrunk.image),
    type: shrunk.image.type,
    thumbnail: await bytesOf(shrunk.thumbnail),
    document: held.document,
  });
  if (!smaller.ok || smaller.value === hash) return smaller;
  const revised = await changeReceipts(workspace, held, (receipts) =>
    receipts.map((each) => (each === hash ? smaller.value : each)),
  );
  if (!revised.ok) return revised;
  await workspace.log.flush();
  if (!(await isPosted(workspace, held.expense.id))) await dropReceipt(database, hash);
  return smaller;
}

/** Posted meanwhile, or about to be: then the entry has the original, and the original stays. */
async function isPosted(workspace: Workspace, expenseId: string): Promise<boolean> {
  await workspace.reader.settled();
  const rows = await workspace.reader.rowsOfExpense(expenseId);
  return rows.some(({ entry }) => entry !== null) || (await waitingActs(workspace.log.database)).has(expenseId);
}

/** A receipt as this device can show it. */
export interface ReceiptView {
  readonly hash: string;
  /** Object URL of the small picture, or of the whole where there is no small one; null for what is no picture. */
  readonly thumbnail: string | null;
  readonly type: string;
  readonly size: number;
  /** Whether a server has it too. */
  readonly isSent: boolean;
}

/** Undefined when the receipt is not on this device yet. Give the URL back with `letGo`. */
export async function viewReceipt(workspace: Workspace, hash: string): Promise<ReceiptView | undefined> {
  const receipt = await receiptOf(workspace.log.database, hash);
  if (receipt === undefined) return undefined;
  const { type, size, thumbnail, original, sent } = receipt;
  const picture = thumbnail ?? (type.startsWith('image/') ? original : null);
  return {
    hash,
    type,
    size,
    isSent: sent === 1,
    thumbnail: picture && URL.createObjectURL(new Blob([picture], { type: pictureType(type, thumbnail) })),
  };
}

/** Object URL of the whole receipt; null when only its small picture is here. */
export async function originalUrl(workspace: Workspace, hash: string): Promise<string | null> {
  const receipt = await receiptOf(workspace.log.database, hash);
  return receipt?.original == null ? null : URL.createObjectURL(new Blob([receipt.original], { type: receipt.type }));
}

/**
 * Brings a receipt from the server onto this device, with a small picture of it; `document` is what names it: an inbox or
 * a ledger. Gives why not as a sentence, or null.
 */
export async function fetchReceipt(workspace: Workspace, hash: string, document: string): Promise<string | null> {
  const receipts = (await workspace.collaboration()).receipts;
  const fetched = await receipts?.fetch({ hash, document });
  if (fetched?.ok !== true) return explainFetching(fetched?.error);
  const { database } = workspace.log;
  const original = fetched.value;
  const kept = await keepFetched(database, { hash, original, type: mediaType(original) ?? 'application/octet-stream' });
  if (!kept.ok) return explainStore(kept.error);
  const shrinker = photoShrinker();
  try {
    const small = await shrinker.shrink(new Blob([original]));
    if (small !== null) await keepThumbnail(database, hash, await bytesOf(small.thumbnail));
  } finally {
    shrinker.close();
  }
  return null;
}

/** Lets go of originals that the server has until so many bytes are free; their small pictures stay. */
export async function makeRoom(workspace: Workspace, bytes: number): Promise<void> {
  await pruneReceipts(workspace.log.database, bytes);
}

function explainFetching(failure: ReceiptFailure | undefined): string {
  if (failure?.kind !== 'refused') return 'It is not on this device, and the server cannot be reached.';
  return failure.reason === 'unknown'
    ? 'It is on the device it was captured with, and not on the server yet.'
    : failure.sentence;
}

/** Why a receipt was not kept. */
export function explainKeeping(refusal: ReceiptRefusal | StoreFailure): string {
  switch (refusal.kind) {
    case 'too-large':
      return `The file has ${megabytes(refusal.bytes)}; a receipt has at most ${megabytes(refusal.limit)}. Nothing was changed.`;
    case 'not-a-receipt':
      return 'Receipts are pictures or PDF files. Nothing was changed.';
    default:
      return explainStore(refusal);
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

/** Thumbnails are made by this app: the type of theirs is not kept, and WebP or JPEG tell themselves. */
function pictureType(type: string, thumbnail: Uint8Array | null): string {
  return thumbnail === null ? type : (mediaType(thumbnail) ?? type);
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
