/** What was tried, what survived, and what was found broken. */

interface Figures {
  readonly acknowledged: number;
  readonly lost: number;
  readonly divergent: number;
  readonly silentDrops: number;
  readonly forbidden: number;
}

export class Tally {
  cycles = 0;
  schedules = 0;
  #figures: Figures = { acknowledged: 0, lost: 0, divergent: 0, silentDrops: 0, forbidden: 0 };
  readonly #faults = new Map<string, { tried: number; survived: number }>();
  readonly broken: string[] = [];

  /** The fault has to happen: one that never does fails the run. */
  expect(fault: string): void {
    this.tried(fault, 0, 0);
  }

  tried(fault: string, times: number, survived: number): void {
    const counted = this.#faults.get(fault) ?? { tried: 0, survived: 0 };
    this.#faults.set(fault, { tried: counted.tried + times, survived: counted.survived + survived });
  }

  add({ acknowledged, lost, divergent, silentDrops, forbidden }: Figures): void {
    const sum = this.#figures;
    this.#figures = {
      acknowledged: sum.acknowledged + acknowledged,
      lost: sum.lost + lost,
      divergent: sum.divergent + divergent,
      silentDrops: sum.silentDrops + silentDrops,
      forbidden: sum.forbidden + forbidden,
    };
  }

  broke(sentence: string): void {
    this.broken.push(sentence);
  }

  get items(): readonly { readonly fault: string; readonly tried: number; readonly survived: number }[] {
    return [...this.#faults].map(([fault, counted]) => ({ fault, ...counted }));
  }

  get neverFired(): readonly string[] {
    return this.items.filter(({ tried }) => tried === 0).map(({ fault }) => fault);
  }

  get summary() {
    return { cycles: this.cycles, schedules: this.schedules, ...this.#figures, broken: this.broken.length };
  }
}
