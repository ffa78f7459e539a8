import { KINDS, natureOf, type Chunk } from './columns.ts';

export interface Totals {
  readonly cost: number;
  readonly revenue: number;
  readonly rows: number;
  /** Rows left out of the sums because no rate into the base currency is known. */
  readonly unconverted: number;
  /** False when a sum left the safe integers: show no figure then. */
  readonly isExact: boolean;
}

/** Sums of minor units in the base currency by cell, cost and revenue apart. */
export interface CellSums {
  readonly cost: Float64Array;
  readonly revenue: Float64Array;
  /** Rows in the cell, those without a rate included. */
  readonly rows: Uint32Array;
  readonly totals: Totals;
}

const IS_REVENUE = Uint8Array.from({ length: KINDS }, (_, kind) => Number(natureOf(kind) === 'revenue'));

/** Adds amounts up, and watches that every sum stays exact. */
export class Sums {
  readonly #cost: Float64Array;
  readonly #revenue: Float64Array;
  readonly #rows: Uint32Array;
  #unconverted = 0;
  #sizeOfAll = 0;

  constructor(cells: number) {
    this.#cost = new Float64Array(cells);
    this.#revenue = new Float64Array(cells);
    this.#rows = new Uint32Array(cells);
  }

  /** `cells[i]` is the cell that the row `rows[i]` of the chunk belongs to. */
  add({ amounts, kinds }: Chunk, rows: Uint16Array, cells: Uint32Array): void {
    const [cost, revenue, counts] = [this.#cost, this.#revenue, this.#rows];
    let sizes = 0;
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      const cell = cells[i] as number;
      const amount = amounts[row] as number;
      counts[cell] = (counts[cell] as number) + 1;
      if (amount !== amount) {
        this.#unconverted += 1;
        continue;
      }
      const sums = IS_REVENUE[kinds[row] as number] === 1 ? revenue : cost;
      sums[cell] = (sums[cell] as number) + amount;
      sizes += Math.abs(amount);
    }
    this.#sizeOfAll += sizes;
  }

  result(): CellSums {
    const totals: Totals = {
      cost: sum(this.#cost),
      revenue: sum(this.#revenue),
      rows: sum(this.#rows),
      unconverted: this.#unconverted,
      // As long as all sizes together fit, no sum on the way can have been rounded.
      isExact: this.#sizeOfAll <= Number.MAX_SAFE_INTEGER,
    };
    return { cost: this.#cost, revenue: this.#revenue, rows: this.#rows, totals };
  }
}

function sum(numbers: Float64Array | Uint32Array): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
