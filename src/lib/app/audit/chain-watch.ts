/** Keeps an eye on the server's audit chain: whether it still leads to what this device has seen of it. (A10) */
import { rememberedAfter, type RememberedChain } from '#lib/governance/audit/remembered.ts';
import { rememberChain, rememberedChain } from '#lib/store/remembered-chain.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import type { ChainLine } from '#lib/sync/chain-line.ts';

export interface ChainWatchOptions {
  readonly log: UpdateLog;
  readonly workspace: string;
  readonly line: ChainLine;
  readonly now: () => Date;
  readonly random: () => number;
  readonly onchange: (remembered: RememberedChain) => void;
  readonly onfault: (fault: unknown) => void;
}

/** Devices that connect at once ask one after the other. */
const SPREAD_MS = 3000;

export class ChainWatch {
  readonly line: ChainLine;
  readonly #options: ChainWatchOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ChainWatchOptions) {
    this.line = options.line;
    this.#options = options;
  }

  /** Something was decided, or the server is there again: asks soon. */
  look(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#look().catch(this.#options.onfault);
    }, this.#options.random() * SPREAD_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const { log, workspace, line, now, onchange } = this.#options;
    const before = await rememberedChain(log.database);
    const answer = await line.head(before?.head.seq ?? 0);
    // Without an answer nothing is known, neither good nor bad.
    if (!answer.ok) return;
    const remembered = await rememberedAfter(before, answer.value, workspace, now().toISOString());
    if (remembered !== null && (await rememberChain(log.database, before, remembered))) onchange(remembered);
  }
}
