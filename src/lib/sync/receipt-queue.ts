/**
 * Receipts on their way to the server, one after the other, behind everything else: an expense goes first, and its
 * receipt follows once the server has it. What is to be sent stands in the store, so nothing is lost by closing the app.
 */
import type { Result } from '#lib/domain/result.ts';
import { retryDelay } from './backoff.ts';
import type { NamedReceipt, ReceiptFailure } from './receipt-line.ts';
import type { ReceiptRefusal } from './receipt-wire.ts';

/** What is to be sent, as the device's store has it. */
interface ReceiptSource {
  /** Hashes of receipts that the server does not have. */
  due(): Promise<readonly string[]>;
  /** Null while its turn has not come: the server does not have the expense yet, or the file is about to change. */
  take(hash: string): Promise<{ readonly document: string; readonly bytes: Uint8Array<ArrayBuffer> } | null>;
  sent(hash: string): Promise<void>;
}

/** Of one receipt; one that is not in the map waits for its turn. */
export type Sending = { readonly kind: 'sending' } | { readonly kind: 'refused'; readonly sentence: string };

export interface ReceiptQueueOptions {
  readonly source: ReceiptSource;
  readonly send: (receipt: NamedReceipt, bytes: Uint8Array<ArrayBuffer>) => Promise<Result<null, ReceiptFailure>>;
  readonly random: () => number;
  /** How long after a refusal that may pass the receipt is offered again; ten minutes. */
  readonly offerAgainMs?: number;
  readonly onchange: (sending: ReadonlyMap<string, Sending>) => void;
  readonly onfault: (fault: unknown) => void;
}

export class ReceiptQueue {
  readonly #options: ReceiptQueueOptions;
  readonly #refused = new Map<string, Sending>();
  #running: Promise<void> | null = null;
  #lookAgain = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Refused for a reason that may pass. */
  readonly #passing = new Set<string>();
  #offering: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(options: ReceiptQueueOptions) {
    this.#options = options;
  }

  /** Something may be due: sends it now, also when a pause after a failure is not over. */
  look(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#lookAgain = this.#running !== null;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#lookAgain) this.look();
    });
  }

  /** What is under way is let finish. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#offering);
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      for (const hash of await this.#options.source.due()) {
        if (this.#isClosed) return;
        if (!this.#refused.has(hash) && !(await this.#send(hash))) return;
      }
      this.#failures = 0;
    } catch (fault) {
      this.#options.onfault(fault);
      this.#later();
    }
  }

  /** False when there is no use in trying the next one now. */
  async #send(hash: string): Promise<boolean> {
    const { source, send } = this.#options;
    const taken = await source.take(hash);
    if (taken === null) return true;
    this.#tell(hash);
    const sent = await send({ hash, document: taken.document }, taken.bytes);
    if (sent.ok) await source.sent(hash);
    else if (sent.error.kind === 'refused') {
      this.#refused.set(hash, { kind: 'refused', sentence: sent.error.sentence });
      if (MAY_PASS.has(sent.error.reason)) this.#offerAgain(hash);
    }
    this.#tell(null);
    if (sent.ok || sent.error.kind === 'refused') return true;
    this.#later();
    return false;
  }

  /** Those that wait are offered together, and until then shown as refused. */
  #offerAgain(hash: string): void {
    if (this.#isClosed) return;
    this.#passing.add(hash);
    this.#offering ??= setTimeout(() => {
      this.#offering = undefined;
      for (const each of this.#passing) this.#refused.delete(each);
      this.#passing.clear();
      this.look();
    }, this.#options.offerAgainMs ?? OFFER_AGAIN_MS);
  }

  #later(): void {
    if (this.#isClosed) return;
    this.#failures += 1;
    this.#timer = setTimeout(() => this.look(), retryDelay(this.#failures, this.#options.random));
  }

  #tell(sending: string | null): void {
    this.#options.onchange(new Map([...this.#refused, ...(sending === null ? [] : [[sending, SENDING] as const])]));
  }
}

const OFFER_AGAIN_MS = 10 * 60_000;
/** Room is made, a right is given back; what a file is does not change. */
const MAY_PASS: ReadonlySet<ReceiptRefusal> = new Set(['quota-full', 'not-allowed']);
const SENDING: Sending = { kind: 'sending' };
