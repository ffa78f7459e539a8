/** What the page asks the forecast workers, and what they answer. A question carries all it is asked with. */
import type { Forecast, ForecastFault, ForecastOptions } from '#lib/analysis/forecast/forecast.ts';
import type { Series } from '#lib/analysis/series/series.ts';
import type { Result } from '#lib/domain/result.ts';

export interface ForecastQuestion {
  readonly series: Series;
  readonly options: ForecastOptions;
}

export type ForecastAnswer = Result<Forecast, ForecastFault>;
