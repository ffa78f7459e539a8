/**
 * What other servers write: asked of the database by the number of the last change that is known here, once a second
 * and whenever somebody says that there is something.
 */
import type { Changes } from '../storage/postgres-position.ts';
import type { SharedStorage } from '../storage/postgres.ts';

export interface FollowerOptions {
  readonly storage: Pick<SharedStorage, 'position' | 'changes'>;
  readonly onchanges: (changes: Changes) => void;
  readonly onfault: (cause: unknown) => void;
}

const LOOK_EVERY_MS = 1000;

export class Follower {
  readonly #options: FollowerOptions;
  readonly #known = new Map<string, number>();
  readonly #beginning = new Map<string, Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | null = null;
  #isAskedAgain = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** Resolves when every change of the workspace from now on will be told. */
  follow(workspace: string): Promise<void> {
    const beginning = this.#beginning.get(workspace) ?? this.#begin(workspace);
    this.#beginning.set(workspace, beginning);
    return beginning;
  }

  unfollow(workspace: string): void {
    this.#known.delete(workspace);
    this.#beginning.delete(workspace);
  }

  has(workspace: string): boolean {
    return this.#known.has(workspace);
  }

  /** Looks now, and once more when it is looking already: what is asked for may have come after its look. */
  look(): void {
    if (this.#looking !== null) this.#isAskedAgain = true;
    else if (this.#known.size > 0) this.#looking = this.#lookOn();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#known.clear();
    await this.#looking;
  }

  async #begin(workspace: string): Promise<void> {
    try {
      const position = await this.#options.storage.position(workspace);
      if (this.#beginning.has(workspace)) this.#known.set(workspace, position);
    } catch (cause) {
      this.#beginning.delete(workspace);
      throw cause;
    }
  }

  async #lookOn(): Promise<void> {
    try {
      for (const changes of await this.#options.storage.changes(this.#known)) {
        if (!this.#known.has(changes.workspace)) continue;
        this.#known.set(changes.workspace, changes.version);
        this.#options.onchanges(changes);
      }
    } catch (cause) {
      // The database is asked again in a second; that it does not answer is told by who writes.
      this.#options.onfault(cause);
    }
    this.#looking = null;
    if (!this.#isAskedAgain) return;
    this.#isAskedAgain = false;
    this.look();
  }
}
