/** Forecasts in words: methods by their name, periods and quarters, and why there is none. */
import { explainForecast, explainForecastFault, type Wording } from '#lib/analysis/forecast/explain.ts';
import type { Forecast } from '#lib/analysis/forecast/forecast.ts';
import { explainSeries } from '#lib/analysis/series/explain.ts';
import { periodLabel, yearLabel, type Period } from '#lib/domain/fiscal/period.ts';
import type { Reference } from '../reference.ts';
import type { Forecasted } from './ask-forecasts.ts';
import type { Grain } from './grain.ts';

const METHODS: Readonly<Record<Forecast['method'], string>> = {
  combination: 'Combination of five methods',
  ets: 'ETS, chosen by AICc',
  theta: 'Theta',
  'dynamic-theta': 'Dynamic optimised Theta',
  'damped-trend': 'Damped trend',
  'complex-smoothing': 'Complex smoothing (CES)',
  'simple-smoothing': 'Simple exponential smoothing',
  'seasonal-naive': 'Seasonal naive: as a year before',
  holt: 'Holt’s linear trend',
  'holt-winters': 'Holt-Winters, multiplicative',
  intermittent: 'Intermittent demand (TSB)',
  'known-events': 'What is known, to the cent',
};

export function methodName(method: Forecast['method']): string {
  return METHODS[method];
}

/** 'Mar 27' for a month, 'Q1 FY27' for a quarter. */
export function cutLabel(
  period: Period,
  { calendar, locale }: Pick<Reference, 'calendar' | 'locale'>,
  grain: Grain,
): string {
  return grain === 'period'
    ? periodLabel(period, locale)
    : `Q${period.number} ${yearLabel(calendar, period.fiscalYear)}`;
}

/** What a forecast rests on, in sentences: its warnings, and what people decided. Empty where there is nothing to say. */
export function restsOn(made: Forecast, words: Wording): readonly string[] {
  return explainForecast(made, words);
}

/** Why there is no forecast of a row, and what to do; null where there is one. */
export function whyNone({ fault }: Pick<Forecasted, 'fault'>): string | null {
  if (fault === null) return null;
  switch (fault.kind) {
    case 'no-points':
    case 'mixed-currencies':
    case 'unknown-period':
    case 'duplicate-period':
      return explainSeries(fault);
    case 'not-an-amount':
      return 'period' in fault ? explainSeries(fault) : explainForecastFault(fault);
    default:
      return explainForecastFault(fault);
  }
}
