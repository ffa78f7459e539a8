/** What the mean of a forecast is made of; the parts of a period add up to it. */
import type { Schedule } from '../known-events/event.ts';
import type { HistoryForecast } from './history-forecast.ts';

/** Minor units, one figure for each period ahead. */
export interface Components {
  /** Level and trend, as they would be without a season, at the prices of the period. */
  readonly base: readonly number[];
  /** What the season adds or takes. */
  readonly season: readonly number[];
  /** What more or fewer working days than usual add or take. */
  readonly workingDays: readonly number[];
  /** What is scheduled to the minor unit. */
  readonly known: readonly number[];
  /** What a person's override adds or takes. */
  readonly override: readonly number[];
}

/**
 * Takes apart a forecast of what is left of a history of `length` periods, before the schedule is put on it;
 * `calculated` and `decided` are the means after that, and after overrides.
 */
export function componentsOf(
  { mean, season }: Pick<HistoryForecast, 'mean' | 'season'>,
  length: number,
  { amounts, factors, dayFactors }: Schedule & { readonly dayFactors: Float64Array },
  calculated: readonly number[],
  decided: readonly number[],
): Components {
  const seasonal = mean.map((value, step) => {
    if (season === null) return 0;
    const index = season.indices[(length + step) % season.indices.length]!;
    return (season.kind === 'multiplicative' ? value - value / index : index) * factors[step]!;
  });
  const byDays = mean.map((value, step) => value * factors[step]! * (dayFactors[step]! - 1));
  return {
    // What a floor has lifted belongs to the level.
    base: calculated.map((value, step) => value - amounts[step]! - seasonal[step]! - byDays[step]!),
    season: seasonal,
    workingDays: byDays,
    known: [...amounts],
    override: decided.map((value, step) => value - calculated[step]!),
  };
}
