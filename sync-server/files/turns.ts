/** Work on one thing is done one after the other, work on different things at once. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(thing: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(thing) ?? Promise.resolve();
    const mine = before.then(work, work);
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(thing, over);
    void over.then(() => {
      if (this.#last.get(thing) === over) this.#last.delete(thing);
    });
    return mine;
  }

  /** Resolves when everything that was begun is over. */
  async over(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
