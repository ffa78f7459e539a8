/** Where a receipt is, in words: on this device only, on its way, or on the server as well. */
import type { Sending } from '#lib/sync/receipt-queue.ts';
import type { SyncStatus } from '#lib/sync/status.ts';
import type { ReceiptView } from './receipts.ts';

/** Null in a workspace without a server: there is one place only, and nothing to say. */
export function receiptStanding(
  view: Pick<ReceiptView, 'isSent'>,
  sending: Sending | undefined,
  sync: SyncStatus['kind'],
): string | null {
  if (sync === 'local') return null;
  if (view.isSent) return 'On the server';
  if (sending?.kind === 'sending') return 'Uploading';
  return sending?.kind === 'refused' ? 'On this device only' : 'Waiting to upload';
}
