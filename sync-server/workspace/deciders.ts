/** One decider for each workspace that asks for one. */
import type { Committer } from './committer.ts';
import { Decider } from './decider.ts';
import type { Standing } from './standing.ts';
import type { Surroundings } from './surroundings.ts';

export class Deciders {
  readonly #surroundings: Surroundings;
  readonly #committer: Committer;
  readonly #onstanding: (workspace: string, standing: Standing) => void;
  readonly #deciders = new Map<string, Decider>();

  constructor(
    surroundings: Surroundings,
    committer: Committer,
    onstanding: (workspace: string, standing: Standing) => void,
  ) {
    this.#surroundings = surroundings;
    this.#committer = committer;
    this.#onstanding = onstanding;
  }

  of(workspace: string): Decider {
    const decider =
      this.#deciders.get(workspace) ??
      new Decider(workspace, this.#surroundings, this.#committer, (standing) => this.#onstanding(workspace, standing));
    this.#deciders.set(workspace, decider);
    return decider;
  }

  /** Nobody is connected any more: the state is folded from the log again when somebody asks. */
  forget(workspace: string): void {
    this.#deciders.delete(workspace);
  }
}
