/**
 * Who else is in a plan: a cursor is shown in the part that holds its line, so that it is seen by those who have that
 * part open, and by nobody who may not read it.
 */
import type { Presence } from '#lib/sync/presence.ts';
import type { OpenDocument } from './open-documents.ts';

export class PlanPresence {
  readonly #parts: readonly OpenDocument[];
  #shownIn: OpenDocument | null = null;

  /** `parts` are the open documents of one version. */
  constructor(parts: readonly OpenDocument[]) {
    this.#parts = parts;
  }

  /** Shows this person's cursor in a part, and no longer in another; null takes it back. */
  show(part: OpenDocument | null, state: Readonly<Record<string, unknown>> | null): void {
    if (this.#shownIn !== part) this.#shownIn?.presence.show(null);
    this.#shownIn = part;
    part?.presence.show(state);
  }

  others(): ReturnType<Presence['others']> {
    return this.#parts.flatMap(({ presence }) => presence.others());
  }

  /** Calls back when anything of it changed; returns how to stop. */
  onchange(callback: () => void): () => void {
    const stops = this.#parts.map(({ presence }) => presence.onchange(callback));
    return () => {
      for (const stop of stops) stop();
    };
  }
}
