/** A shared workspace's decider: the server. A command is kept in the outbox until its answer has come. */
import type { Result } from '#lib/domain/result.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { outcomeOf, type Decider, type Outcome } from './decider.ts';

/** How long a page waits for the answer before it says that the command is kept and waiting. */
const PATIENCE_MS = 4000;

export interface RemoteDeciderOptions {
  /** Puts the command into the outbox. */
  readonly keep: (given: GivenCommand) => Promise<Result<unknown, StoreFailure>>;
  /** Sends a command that is in the outbox, if there is a connection. */
  readonly send: (given: GivenCommand) => void;
  /** Whether an answer can be hoped for soon. */
  readonly connected: () => boolean;
}

export class RemoteDecider implements Decider {
  readonly #options: RemoteDeciderOptions;
  readonly #waiting = new Map<string, (outcome: Outcome) => void>();

  constructor(options: RemoteDeciderOptions) {
    this.#options = options;
  }

  async give(given: GivenCommand): Promise<Outcome> {
    const kept = await this.#options.keep(given);
    if (!kept.ok) return { kind: 'not-kept', why: kept.error };
    const answer = new Promise<Outcome>((resolve) => {
      this.#waiting.set(given.id, resolve);
      const patienceMs = this.#options.connected() ? PATIENCE_MS : 0;
      setTimeout(() => this.#settle(given.id, { kind: 'waiting' }), patienceMs);
    });
    this.#options.send(given);
    return answer;
  }

  /** The server's answer, to be called when it has been kept. */
  answered(commandId: string, answer: Result<readonly DecisionEvent[], Refusal>): void {
    this.#settle(commandId, outcomeOf(answer));
  }

  #settle(commandId: string, outcome: Outcome): void {
    this.#waiting.get(commandId)?.(outcome);
    this.#waiting.delete(commandId);
  }
}
