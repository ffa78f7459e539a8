/** Acts of this page: told as they are done, and taken back one after the other. */
import type { Told } from '#lib/app/expense-acts.ts';
import type { Toasts } from '#lib/ui/feedback/toasts.svelte.ts';

const MOST = 50;

export class PageActs {
  readonly #toasts: Toasts;
  #undo: readonly NonNullable<Extract<Told, { kind: 'done' }>['undo']>[] = [];
  #busy = $state(0);

  constructor(toasts: Toasts) {
    this.#toasts = toasts;
  }

  get busy(): boolean {
    return this.#busy > 0;
  }

  /** Waits for an act and tells how it went; a quiet one is told only when it was not done. */
  async do(act: Promise<Told>, { quiet = false } = {}): Promise<Told> {
    this.#busy += 1;
    try {
      const told = await act;
      const undo = told.kind === 'done' ? told.undo : undefined;
      if (undo !== undefined) this.#undo = [...this.#undo, undo].slice(-MOST);
      if (!quiet || told.kind === 'not-done') {
        this.#toasts.show({
          text: told.text,
          ...(undo === undefined ? {} : { undo: () => void this.#takeBack(undo) }),
        });
      }
      return told;
    } finally {
      this.#busy -= 1;
    }
  }

  /** Takes the last act back that was not yet. */
  async undoLast(): Promise<void> {
    const last = this.#undo.at(-1);
    if (last === undefined) this.#toasts.show({ text: 'Nothing to undo on this page.' });
    else await this.#takeBack(last);
  }

  async #takeBack(undo: NonNullable<Extract<Told, { kind: 'done' }>['undo']>): Promise<void> {
    this.#undo = this.#undo.filter((each) => each !== undo);
    await this.do(undo());
  }
}
