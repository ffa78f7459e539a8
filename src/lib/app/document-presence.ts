/** Who else has a document open, for as long as it is open here: connections come and go under it. */
import type { Presence } from '#lib/sync/presence.ts';

export class DocumentPresence implements Presence {
  readonly #listeners = new Set<() => void>();
  #connected: Presence | null = null;
  #shown: Readonly<Record<string, unknown>> | null = null;
  #stop: (() => void) | undefined;

  /** Goes on over another connection, or over none. */
  connect(presence: Presence | null): void {
    this.#stop?.();
    this.#connected = presence;
    this.#stop = presence?.onchange(() => this.#tell());
    if (this.#shown !== null) presence?.show(this.#shown);
    this.#tell();
  }

  show(state: Readonly<Record<string, unknown>> | null): void {
    this.#shown = state;
    this.#connected?.show(state);
  }

  others(): ReturnType<Presence['others']> {
    return this.#connected?.others() ?? [];
  }

  onchange(callback: () => void): () => void {
    this.#listeners.add(callback);
    return () => this.#listeners.delete(callback);
  }

  #tell(): void {
    for (const callback of this.#listeners) callback();
  }
}
