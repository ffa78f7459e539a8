/** What changed most, and what is largest: single columns of a report, ranked. */
import type { Columns, Dimension, Nature } from './columns.ts';
import type { Filter } from './filter.ts';
import { report } from './report.ts';

export interface Largest {
  readonly value: string;
  readonly amount: number;
  readonly rows: number;
}

/** The values of a dimension with the largest sums, largest first. Rows that say no value are left out. */
export function largest(
  columns: Columns,
  { by, nature, filter, limit }: { by: Dimension; nature: Nature; filter: Filter; limit: number },
): readonly Largest[] {
  const { axes, rows, ...sums } = report(columns, { by: [by], filter: { ...filter, nature } });
  return (axes[0] ?? [])
    .map((value, i) => ({ value, amount: sums[nature][i] ?? 0, rows: rows[i] ?? 0 }))
    .filter(({ value, amount }) => value !== '' && amount !== 0)
    .sort((a, b) => b.amount - a.amount || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}

export interface Mover {
  readonly value: string;
  readonly before: number;
  readonly after: number;
}

/** The values of a dimension whose sums differ most between two runs of periods, the largest difference first. */
export function movers(
  columns: Columns,
  query: {
    readonly by: Dimension;
    readonly nature: Nature;
    readonly filter: Filter;
    readonly before: readonly string[];
    readonly after: readonly string[];
    readonly limit: number;
  },
): readonly Mover[] {
  const sumsIn = (periods: readonly string[]): ReadonlyMap<string, number> => {
    const { by, nature } = query;
    const filter = { ...query.filter, nature, values: { ...query.filter.values, period: periods } };
    const { axes, ...sums } = report(columns, { by: [by], filter });
    return new Map((axes[0] ?? []).map((value, i) => [value, sums[nature][i] ?? 0]));
  };
  const before = sumsIn(query.before);
  const after = sumsIn(query.after);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((value) => ({ value, before: before.get(value) ?? 0, after: after.get(value) ?? 0 }))
    .filter((mover) => mover.after !== mover.before)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.value < b.value ? -1 : 1))
    .slice(0, query.limit);
}
