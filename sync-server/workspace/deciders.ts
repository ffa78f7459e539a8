/** One decider for each workspace that asks for one. */
import type { Committer } from './committer.ts';
import { Decider } from './decider.ts';
import type { Surroundings } from './surroundings.ts';

export class Deciders {
  readonly #surroundings: Surroundings;
  readonly #committer: Committer;
  readonly #deciders = new Map<string, Decider>();

  constructor(surroundings: Surroundings, committer: Committer) {
    this.#surroundings = surroundings;
    this.#committer = committer;
  }

  of(workspace: string): Decider {
    const decider = this.#deciders.get(workspace) ?? new Decider(workspace, this.#surroundings, this.#committer);
    this.#deciders.set(workspace, decider);
    return decider;
  }

  /** Nobody is connected any more: the state is folded from the log again when somebody asks. */
  forget(workspace: string): void {
    this.#deciders.delete(workspace);
  }
}
