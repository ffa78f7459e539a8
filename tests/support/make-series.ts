/** Series of months from January 2023 on, and their forecasts, for the tests of `analysis`. */
import { forecast, type Forecast, type ForecastOptions } from '#lib/analysis/forecast/forecast.ts';
import { seriesOf, type Series } from '#lib/analysis/series/series.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { numbersFrom } from './seeded-numbers.ts';

export const monthsOfYear: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'start' };

/** `2024-02` for 13. */
export function monthAt(at: number): string {
  return `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** Figures in cents from January 2023 on; a period of null has no point. */
export function makeSeries(values: readonly (number | null)[]): Series {
  const points = values.flatMap((amount, at) => {
    return amount === null ? [] : [{ period: monthAt(at), amount, currency: 'EUR' }];
  });
  const series = seriesOf(points, monthsOfYear, values.length === 0 ? null : monthAt(values.length - 1));
  if (!series.ok) throw new Error(series.error.kind);
  return series.value;
}

/** Three years around 10,000.00 with a season and noise, to December 2025. */
export function noisyMonths(seed = 1): number[] {
  const numbers = numbersFrom(seed);
  return Array.from({ length: 36 }, (_, t) =>
    Math.round(1_000_000 + 100_000 * Math.sin((t * Math.PI) / 6) + 80_000 * (numbers() - 0.5)),
  );
}

/** A year ahead, asked for in January 2026. */
export function forecastOf(series: Series, options: Partial<ForecastOptions> = {}): Forecast {
  const made = forecast(series, { horizon: 12, calendar: monthsOfYear, today: '2026-01-20', ...options });
  if (!made.ok) throw new Error(made.error.kind);
  return made.value;
}
