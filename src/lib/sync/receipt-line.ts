/** Sends receipts to the server and fetches them, each request on its own: what fails is tried again by whoever asked. */
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { sha256 } from '#lib/domain/sha256.ts';
import { askServer, type RequestOptions } from './device-pass.ts';
import { partAddress, PART_BYTES, readReceiptAnswer, wholeAddress } from './receipt-wire.ts';
import type { ReceiptAnswer, ReceiptRefusal } from './receipt-wire.ts';

/** A receipt by its content, and the document that names it. */
export interface NamedReceipt {
  readonly hash: string;
  readonly document: string;
}

/** `refused`: trying the same again is useless. `unreachable`: it is not. */
export type ReceiptFailure =
  | { readonly kind: 'refused'; readonly reason: ReceiptRefusal; readonly sentence: string }
  | { readonly kind: 'unreachable' };

export class ReceiptLine {
  readonly #options: RequestOptions;

  constructor(options: RequestOptions) {
    this.#options = options;
  }

  /** Brings the whole receipt to the server, from wherever an earlier attempt got to. */
  async send(receipt: NamedReceipt, bytes: Uint8Array<ArrayBuffer>): Promise<Result<null, ReceiptFailure>> {
    const ask = (from: number, part: Uint8Array<ArrayBuffer>): Promise<Result<ReceiptAnswer, ReceiptFailure>> =>
      this.#put({ ...receipt, size: bytes.length, from }, part);
    let answer = await ask(0, new Uint8Array());
    for (let stalls = 0; answer.ok && answer.value.kind === 'part';) {
      const { received } = answer.value;
      const next = await ask(received, bytes.slice(received, received + PART_BYTES));
      // A part that another tab was faster with, or that the server lost, is asked for again; not for ever.
      stalls = next.ok && next.value.kind === 'part' && next.value.received <= received ? stalls + 1 : 0;
      if (stalls > MOST_STALLS) return err({ kind: 'unreachable' });
      answer = next;
    }
    return answer.ok ? ok(null) : answer;
  }

  /** The whole receipt as it was sent: what is not what its hash says is as good as nothing. */
  async fetch({ hash, document }: NamedReceipt): Promise<Result<Uint8Array<ArrayBuffer>, ReceiptFailure>> {
    const { workspace } = this.#options;
    const response = await this.#ask(wholeAddress({ workspace, hash, document }), {});
    if (response === null) return err({ kind: 'unreachable' });
    try {
      if (response.status !== 200) return err(failureOf(readReceiptAnswer(await response.text())));
      const bytes = new Uint8Array(await response.arrayBuffer());
      return (await sha256(bytes)) === hash ? ok(bytes) : err({ kind: 'unreachable' });
    } catch {
      return err({ kind: 'unreachable' });
    }
  }

  async #put(
    asked: NamedReceipt & { readonly size: number; readonly from: number },
    body: Uint8Array<ArrayBuffer>,
  ): Promise<Result<ReceiptAnswer, ReceiptFailure>> {
    const address = partAddress({ workspace: this.#options.workspace, ...asked });
    const response = await this.#ask(address, { method: 'PUT', body });
    const answer = response === null ? null : readReceiptAnswer(await response.text().catch(() => ''));
    return answer === null || answer.kind === 'refused' ? err(failureOf(answer)) : ok(answer);
  }

  /** Null when there was no answer. */
  async #ask(address: string, init: RequestInit): Promise<Response | null> {
    try {
      return await askServer(this.#options, address, init);
    } catch {
      return null;
    }
  }
}

const MOST_STALLS = 3;

/** A pass is refused while the clock is not set yet or the server does not know the device: that may change. */
function failureOf(answer: ReceiptAnswer | null): ReceiptFailure {
  if (answer?.kind !== 'refused' || answer.reason === 'pass-invalid') return { kind: 'unreachable' };
  // Bytes can be damaged on the way; sent again they may be whole.
  return answer.reason === 'wrong-hash' ? { kind: 'unreachable' } : answer;
}
