/**
 * How often a password may be guessed. Each of three counts holds on its own, over a quarter of an hour: 5 wrong ones
 * for a name from one address, 30 from one address, 60 for a name from anywhere. The first keeps a guesser out without
 * keeping out the person, who comes from elsewhere; the last bounds many guessers together. Names that nobody has are
 * counted alike. Kept in memory: a restart forgets them, and each of several servers counts for itself.
 */
interface Count {
  wrong: number;
  /** Epoch milliseconds at which the count began. */
  since: number;
}

const SPAN_MS = 15 * 60_000;
const MOST = { together: 5, address: 30, name: 60 } as const;
/** Counts kept; the oldest are forgotten first. */
const MOST_COUNTS = 50_000;

export class Attempts {
  readonly #now: () => number;
  readonly #counts = new Map<string, Count>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Milliseconds until the next attempt is heard. 0 lets it be made, and counts it as wrong at once: attempts made at the
   * same time must not slip through together.
   */
  begin(name: string, address: string): number {
    const keys = this.#keys(name, address);
    const wait = Math.max(...keys.map(([key, most]) => this.#waitFor(key, most)));
    if (wait > 0) return wait;
    for (const [key] of keys) this.#add(key, 1);
    return 0;
  }

  /** It was right, or could not be judged: it does not count. */
  takeBack(name: string, address: string): void {
    for (const [key] of this.#keys(name, address)) this.#add(key, -1);
  }

  #keys(name: string, address: string): readonly (readonly [string, number])[] {
    return [
      [`${address}|${name}`, MOST.together],
      [`${address}|`, MOST.address],
      [`|${name}`, MOST.name],
    ];
  }

  #add(key: string, wrong: 1 | -1): void {
    const count = this.#current(key) ?? { wrong: 0, since: this.#now() };
    count.wrong = Math.max(0, count.wrong + wrong);
    this.#counts.delete(key);
    if (count.wrong > 0) this.#counts.set(key, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > MOST_COUNTS && oldest !== undefined) this.#counts.delete(oldest);
  }

  #waitFor(key: string, most: number): number {
    const count = this.#current(key);
    return count === null || count.wrong < most ? 0 : count.since + SPAN_MS - this.#now();
  }

  #current(key: string): Count | null {
    const count = this.#counts.get(key);
    return count === undefined || this.#now() - count.since >= SPAN_MS ? null : count;
  }
}
