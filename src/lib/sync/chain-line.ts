/** Asks the server about the audit chain. */
import {
  entriesAddress,
  headAddress,
  readEntriesAnswer,
  readHeadAnswer,
  type EntriesAnswer,
  type HeadAnswer,
} from '#lib/governance/audit/chain-wire.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { passHeader, type PassOptions } from './device-pass.ts';

export interface ChainLineOptions extends PassOptions {
  /** Address of the server's wire: `wss://host/sync`. */
  readonly url: string;
  readonly fetch: typeof fetch;
}

export type ChainFailure = 'unreachable' | 'not-allowed';

const ANSWER_WITHIN_MS = 60_000;

export class ChainLine {
  readonly #options: ChainLineOptions;

  constructor(options: ChainLineOptions) {
    this.#options = options;
  }

  /** The signed head, and the hash of the entry of this number. */
  head(at: number): Promise<Result<HeadAnswer, ChainFailure>> {
    return this.#ask(headAddress(this.#options.workspace, at), readHeadAnswer);
  }

  /** With proofs: also the hashes of the updates of their batches. */
  entries(after: number, withProofs = false): Promise<Result<EntriesAnswer, ChainFailure>> {
    return this.#ask(entriesAddress(this.#options.workspace, after, withProofs), readEntriesAnswer);
  }

  async #ask<T>(address: string, read: (value: unknown) => T | null): Promise<Result<T, ChainFailure>> {
    try {
      const origin = new URL(this.#options.url.replace(/^ws/, 'http')).origin;
      const headers = await passHeader(this.#options);
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const response = await this.#options.fetch(origin + address, { headers, signal, cache: 'no-store' });
      if (response.status === 403) return err('not-allowed');
      const answer = response.status === 200 ? read(await response.json()) : null;
      return answer === null ? err('unreachable') : ok(answer);
    } catch {
      return err('unreachable');
    }
  }
}
