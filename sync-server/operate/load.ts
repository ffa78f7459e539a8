/**
 * How much the server has to let go of. In order, each level with all below it: presence, notices of changes, readers
 * that are slow, new connections. Never an update. docs/decisions/0010 says why in this order.
 */

/** What is measured. */
export interface Pressure {
  /** How late the event loop ran its timers in the last second, at worst. */
  readonly lagMs: number;
  /** Bytes that were sent and that nobody has read yet, over all sockets. */
  readonly unreadBytes: number;
  /** Share of the memory the process may use. */
  readonly memory: number;
}

export type LoadLevel = 0 | 1 | 2 | 3 | 4;
/** What is let go of, and from which level on. */
export const LETS_GO = { presence: 1, heads: 2, 'slow-reader': 3, connection: 4 } as const;
export type Shed = keyof typeof LETS_GO;

const MB = 1024 * 1024;
/** From which pressure on a level holds: any one of the three is enough. */
const BOUNDS: readonly (readonly [LoadLevel, Pressure])[] = [
  [4, { lagMs: 3000, unreadBytes: 768 * MB, memory: 0.92 }],
  [3, { lagMs: 1500, unreadBytes: 384 * MB, memory: 0.85 }],
  [2, { lagMs: 800, unreadBytes: 192 * MB, memory: 0.78 }],
  [1, { lagMs: 400, unreadBytes: 96 * MB, memory: 0.7 }],
];

export function levelOf({ lagMs, unreadBytes, memory }: Pressure): LoadLevel {
  const reached = BOUNDS.find(
    ([, bound]) => lagMs >= bound.lagMs || unreadBytes >= bound.unreadBytes || memory >= bound.memory,
  );
  return reached?.[0] ?? 0;
}

/** The level as it is acted on: it rises with the second look in a row that asks for it, and falls at once. */
export class Load {
  #level: LoadLevel = 0;
  #asked: LoadLevel = 0;

  get level(): LoadLevel {
    return this.#level;
  }

  /** One look at the pressure, once a second. */
  look(pressure: Pressure): void {
    const asked = levelOf(pressure);
    const both = asked < this.#asked ? asked : this.#asked;
    this.#level = asked <= this.#level ? asked : both > this.#level ? both : this.#level;
    this.#asked = asked;
  }
}
