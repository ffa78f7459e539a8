/** Sends this device's receipts in the background, from one tab at a time, and fetches those of others. */
import type { Result } from '#lib/domain/result.ts';
import { contendFor } from '#lib/store/live-lock.ts';
import { receiptsToSendOf } from '#lib/store/receipts-to-send.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import type { NamedReceipt, ReceiptFailure, ReceiptLine } from '#lib/sync/receipt-line.ts';
import { ReceiptQueue, type Sending } from '#lib/sync/receipt-queue.ts';

export interface ReceiptSending {
  /** The expenses of some receipts may be on the server by now. */
  look(): void;
  fetch(receipt: NamedReceipt): Promise<Result<Uint8Array<ArrayBuffer>, ReceiptFailure>>;
  close(): Promise<void>;
}

export interface ReceiptSendingOptions {
  readonly log: UpdateLog;
  readonly line: ReceiptLine;
  readonly onchange: (sending: ReadonlyMap<string, Sending>) => void;
  readonly onfault: (fault: unknown) => void;
}

/** How long a photo may be about to be made smaller; one that cannot be is sent as it is after that. */
const SHRINKING_MS = 15_000;

export function sendReceipts({ log, line, onchange, onfault }: ReceiptSendingOptions): ReceiptSending {
  const firstSeen = new Map<string, number>();
  let again: ReturnType<typeof setTimeout> | undefined;
  const source = receiptsToSendOf(log, ({ hash, type, thumbnail }) => {
    const since = firstSeen.get(hash) ?? Date.now();
    firstSeen.set(hash, since);
    const isFinal = thumbnail !== null || !type.startsWith('image/') || Date.now() - since >= SHRINKING_MS;
    if (!isFinal) again ??= setTimeout(lookAgain, SHRINKING_MS);
    return isFinal;
  });
  const queue = new ReceiptQueue({
    source,
    send: (receipt, bytes) => line.send(receipt, bytes),
    random: Math.random,
    onchange,
    onfault,
  });
  // Two tabs that send the same do no harm, but twice the work.
  let isMine = false;
  const lock = contendFor({
    name: `outlay receipts ${log.database.name}`,
    onhold: () => {
      isMine = true;
      queue.look();
      return () => {
        isMine = false;
        return Promise.resolve();
      };
    },
    yields: () => false,
  });

  function look(): void {
    if (isMine) queue.look();
    else lock.ask();
  }
  function lookAgain(): void {
    again = undefined;
    look();
  }
  return {
    look,
    fetch: (receipt) => line.fetch(receipt),
    close: async () => {
      clearTimeout(again);
      await lock.close();
      await queue.close();
    },
  };
}
