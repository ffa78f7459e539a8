/** Which rows of the list are chosen, by id, and where the last choice was made. */
import { SvelteSet } from 'svelte/reactivity';

export class Selection {
  readonly #ids = new SvelteSet<string>();
  /** Place of the last row chosen by itself: where a stretch begins. */
  #anchor = -1;

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  toggle(id: string, at: number): void {
    this.#anchor = at;
    if (!this.#ids.delete(id)) this.#ids.add(id);
  }

  /** Everything from the last choice to here; `idsBetween` knows the rows of both ends and between. */
  async extendTo(at: number, idsBetween: (first: number, last: number) => Promise<readonly string[]>): Promise<void> {
    const from = this.#anchor === -1 ? at : this.#anchor;
    for (const id of await idsBetween(Math.min(from, at), Math.max(from, at))) this.#ids.add(id);
  }

  take(ids: readonly string[]): void {
    this.#ids.clear();
    for (const id of ids) this.#ids.add(id);
  }

  clear(): void {
    this.#anchor = -1;
    this.#ids.clear();
  }
}
