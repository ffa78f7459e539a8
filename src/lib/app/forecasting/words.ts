/** Forecasts in words: methods by their name, periods and quarters, and why there is none. */
import { explainForecast, explainForecastFault, type Wording } from '#lib/analysis/forecast/explain.ts';
import type { Forecast } from '#lib/analysis/forecast/forecast.ts';
import { explainSeries } from '#lib/analysis/series/explain.ts';
import type { ChangeRecord, RecurringRecord } from '#lib/documents/analysis.ts';
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

/** What a reader has to know before trusting a forecast, in sentences. Empty where there is nothing to say. */
export function warningsOf(made: Forecast, words: Wording): readonly string[] {
  return explainForecast({ ...made, adjustments: [], overrides: [] }, words);
}

/** An adjustment or override of a forecast by its id, with what became of it; empty where the forecast has none. */
export function judgementText(made: Forecast, id: string, words: Wording): string {
  const isIt = ({ judgement }: { readonly judgement: { readonly id: string } }): boolean => judgement.id === id;
  const { adjustments, overrides } = made;
  const only = { ...made, warnings: [], adjustments: adjustments.filter(isIt), overrides: overrides.filter(isIt) };
  return explainForecast(only, words).join(' ');
}

/** A recurring entry: 'EUR 1,200.00 every 3 months from 2026-01-15: support'. */
export function recurringText({ label, amount, first, every, last }: RecurringRecord, words: Wording): string {
  const often = every.count === 1 ? `every ${every.unit}` : `every ${every.count} ${every.unit}s`;
  const until = last === null ? '' : ` until ${last}`;
  return `${label}: ${words.amount(amount)} ${often} from ${first}${until}.`;
}

/** A dated change of a line in a sentence. */
export function changeText({ label, on, kind, amount, factor }: ChangeRecord, words: Wording): string {
  const figure = amount === null ? '' : words.amount(amount);
  const act = {
    'price-step':
      amount === null
        ? `everything costs ${percentOf(factor ?? 1)} from ${on} on`
        : `${figure} more a period from ${on} on`,
    start: `${figure} a period begins on ${on}`,
    end: amount === null ? `the line ends with ${on}` : `${figure} a period ends with ${on}`,
    'one-off': `${figure} once, on ${on}`,
  }[kind];
  return `${label}: ${act}.`;
}

function percentOf(factor: number): string {
  const percent = Math.round(Math.abs(factor - 1) * 1000) / 10;
  return `${percent} % ${factor >= 1 ? 'more' : 'less'}`;
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
