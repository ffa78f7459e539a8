/** Short notes at the edge of the page: what was just done, and how to take it back. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Takes the act back. */
  readonly undo?: (() => void) | undefined;
  /** A way onward instead: "Show", "Open". */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** At most three stand at a time; each goes after ten seconds in which nobody pointed at or focused the stack. */
export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  readonly #leftMs = new WeakMap<Toast, number>();
  #next = 1;

  get list(): readonly Toast[] {
    return this.#list;
  }

  show(note: Omit<Toast, 'id'>): void {
    const toast = { ...note, id: this.#next++ };
    this.#leftMs.set(toast, lifetimeMs);
    this.#list = [...this.#list, toast].slice(-most);
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  /** Lets time pass; the component calls it while the stack is not held. */
  tick(ms: number): void {
    for (const toast of this.#list) {
      const left = (this.#leftMs.get(toast) ?? 0) - ms;
      if (left <= 0) this.dismiss(toast.id);
      else this.#leftMs.set(toast, left);
    }
  }
}

const lifetimeMs = 10_000;
const most = 3;
