/** What the mean of a forecast is made of; the parts of a period add up to it. */
import type { Schedule } from '../known-events/event.ts';
import type { HistoryForecast } from './history-forecast.ts';

/** Minor units, one figure for each period ahead. */
export interface Components {
  /** Level and trend, as they would be without a season, at the prices of the period. */
  readonly base: readonly number[];
  /** What the season adds or takes. */
  readonly season: readonly number[];
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
  { amounts, factors }: Schedule,
  calculated: readonly number[],
  decided: readonly number[],
): Components {
  const base = mean.map((value, step) => {
    if (season === null) return value;
    const index = season.indices[(length + step) % season.indices.length]!;
    return season.kind === 'multiplicative' ? value / index : value - index;
  });
  return {
    // What a floor has lifted belongs to the level.
    base: calculated.map((value, step) => value - amounts[step]! - (mean[step]! - base[step]!) * factors[step]!),
    season: mean.map((value, step) => (value - base[step]!) * factors[step]!),
    known: [...amounts],
    override: decided.map((value, step) => value - calculated[step]!),
  };
}
