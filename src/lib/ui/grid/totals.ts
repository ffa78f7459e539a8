/** Subtotals of every group and the grand total, kept current by adding what changed. Integers only, so nothing drifts. */
import { ancestors, type Tree } from './rows.ts';

export class Totals {
  readonly #tree: Tree;
  readonly #seen: readonly Float64Array[];
  readonly #sums: readonly Float64Array[];

  /** `columns` is how many amount columns there are; all figures start at zero. */
  constructor(tree: Tree, columns: number) {
    this.#tree = tree;
    this.#seen = Array.from({ length: columns }, () => new Float64Array(tree.lines.length));
    this.#sums = Array.from({ length: columns }, () => new Float64Array(tree.total + 1));
  }

  /** Take in the figures as they stand now; answers how many differ from those seen before. */
  refresh(columns: readonly (Float64Array | undefined)[]): number {
    let changed = 0;
    this.#seen.forEach((seen, column) => {
      const figures = columns[column];
      const sums = this.#sums[column];
      if (figures === undefined || sums === undefined) return;
      for (let line = 0; line < seen.length; line += 1) {
        if (figures[line] === seen[line]) continue;
        const figure = amount(figures[line]);
        const delta = figure - amount(seen[line]);
        if (delta === 0) continue;
        seen[line] = figure;
        this.#add(sums, line, delta);
        changed += 1;
      }
    });
    return changed;
  }

  /** The subtotal of a group as it is shown: cost less revenue, or revenue where there is nothing else. */
  of(group: number, column: number): number {
    return (this.#sums[column]?.[group] ?? 0) * (this.#tree.groupSigns[group] ?? 1) + 0;
  }

  #add(sums: Float64Array, line: number, delta: number): void {
    const { parents, groupOfLine, lineSigns, total } = this.#tree;
    const signed = delta * (lineSigns[line] ?? 1);
    for (const group of ancestors(parents, groupOfLine[line] ?? total, total)) {
      sums[group] = (sums[group] ?? 0) + signed;
    }
  }
}

function amount(figure: number | undefined): number {
  return figure === undefined || Number.isNaN(figure) ? 0 : figure;
}
