/** Work that takes its time, one after the other, and whose end can be waited for. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  add<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Resolves when everything added so far has ended, well or not. */
  async done(): Promise<void> {
    await this.#last;
  }
}
