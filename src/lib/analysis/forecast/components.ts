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
}

/** Takes apart a forecast of what is left of a history of `length` periods, before what is scheduled is put on it. */
export function componentsOf(
  { mean, season }: Pick<HistoryForecast, 'mean' | 'season'>,
  length: number,
  { amounts, factors }: Schedule,
): Components {
  const base = mean.map((value, step) => {
    if (season === null) return value;
    const index = season.indices[(length + step) % season.indices.length]!;
    return season.kind === 'multiplicative' ? value / index : value - index;
  });
  return {
    base: base.map((value, step) => value * factors[step]!),
    season: mean.map((value, step) => (value - base[step]!) * factors[step]!),
    known: [...amounts],
  };
}
