/** The numbers of the variance bars: differences from plan around one common zero. */
import { variance, type Variance } from '../../domain/budget/variance.ts';
import { money } from '../../domain/money/money.ts';

export interface VarianceRow {
  readonly id: string;
  readonly label: string;
  /** Minor units. */
  readonly plan: number;
  readonly actual: number;
  readonly nature: 'cost' | 'revenue';
}

interface VarianceBar {
  readonly row: VarianceRow;
  readonly variance: Variance;
  /** Where the bar starts and how long it is, as shares of the track's width. */
  readonly start: number;
  readonly length: number;
}

export interface VarianceBars {
  /** Where zero stands on the track, as a share of its width. */
  readonly zero: number;
  readonly bars: readonly VarianceBar[];
}

export function varianceBars(rows: readonly VarianceRow[], currency: string): VarianceBars {
  const differences = rows.map((row) => row.actual - row.plan);
  const low = Math.min(0, ...differences);
  const high = Math.max(0, ...differences);
  const span = high - low || 1;
  const zero = (0 - low) / span;
  const bars = rows.map((row) => {
    const difference = row.actual - row.plan;
    const length = Math.abs(difference) / span;
    return {
      row,
      variance: variance(money(row.plan, currency), money(row.actual, currency), row.nature),
      start: difference < 0 ? zero - length : zero,
      length,
    };
  });
  return { zero, bars };
}
