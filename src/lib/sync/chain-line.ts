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
import { askServer, type RequestOptions } from './device-pass.ts';

export type ChainFailure = 'unreachable' | 'not-allowed';

export class ChainLine {
  readonly #options: RequestOptions;

  constructor(options: RequestOptions) {
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
      const response = await askServer(this.#options, address);
      if (response.status === 403) return err('not-allowed');
      const answer = response.status === 200 ? read(await response.json()) : null;
      return answer === null ? err('unreachable') : ok(answer);
    } catch {
      return err('unreachable');
    }
  }
}
