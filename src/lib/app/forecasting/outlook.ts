/** What a year is heading for, and how far off such forecasts were: the figures beside every forecast. */
import type { Forecast } from '#lib/analysis/forecast/forecast.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { Forecasted, ForecastsAnswer } from './ask-forecasts.ts';
import { cutsOfYear } from './grain.ts';

/** Minor units over one fiscal year. */
export interface Outlook {
  readonly planned: number;
  /** Of the periods that history has. */
  readonly actual: number;
  /** Estimate at completion: the actual figures, and what is expected of the rest of the year. */
  readonly atCompletion: number;
  /** Where the rest comes from: without a forecast the plan stands in. */
  readonly rest: 'forecast' | 'plan';
}

/** Forecast total = actual closed + forecast open. */
export function outlookOf(
  { actual, planned, expected, made }: Forecasted,
  { asked, until }: Pick<ForecastsAnswer, 'asked' | 'until'>,
  calendar: FiscalCalendar,
): Outlook {
  const rest = made === null ? planned : expected;
  const outlook = { planned: 0, actual: 0, atCompletion: 0 };
  for (const { key } of cutsOfYear(calendar, asked.fiscalYear, asked.grain)) {
    outlook.planned += planned.get(key) ?? 0;
    if (key <= until.key) outlook.actual += actual.get(key) ?? 0;
    outlook.atCompletion += (key <= until.key ? actual : rest).get(key) ?? 0;
  }
  return { ...outlook, rest: made === null ? 'plan' : 'forecast' };
}

export interface MethodStanding {
  readonly method: Forecast['method'];
  /** Mean absolute error on periods it had not seen, in minor units; null where none could be held back. */
  readonly error: number | null;
  /** That error as a share of what came; null where nothing came. */
  readonly wape: number | null;
  /** That error by the mean difference between a period and the one a year before. */
  readonly mase: number | null;
  /** Its share in the combination. */
  readonly weight: number;
  readonly isChosen: boolean;
}

/** The method that was used and its rivals, the one that erred least first. */
export function standingsOf({ method, candidates, backtest }: Forecast): readonly MethodStanding[] {
  const standing = (name: Forecast['method'], error: number | null, weight: number): MethodStanding => ({
    method: name,
    error,
    wape: error === null || !backtest?.size ? null : error / backtest.size,
    mase: error === null || !backtest?.scale ? null : error / backtest.scale,
    weight,
    isChosen: name === method,
  });
  const rivals = candidates.map(({ method: name, error, weight }) => standing(name, error, weight));
  const all = candidates.length > 1 ? [...rivals, standing('combination', backtest?.combination ?? null, 1)] : rivals;
  return all.toSorted((a, b) => (a.error ?? Infinity) - (b.error ?? Infinity));
}

/** Whether the method in use erred more than saying again what the year before said. */
export function isWorseThanNaive(standings: readonly MethodStanding[]): boolean {
  const used = standings.find(({ isChosen }) => isChosen)?.error ?? null;
  const naive = standings.find(({ method }) => method === 'seasonal-naive')?.error ?? null;
  return used !== null && naive !== null && used > naive;
}

/** The share of what came by which the method in use was off when tested; null where it could not be. */
export function wapeOf(made: Forecast | null): number | null {
  if (made === null) return null;
  return standingsOf(made).find(({ isChosen }) => isChosen)?.wape ?? null;
}

export interface FanFigures {
  readonly period: Period;
  readonly planned: number | null;
  readonly actual: number | null;
  /** Still filling. */
  readonly isOpen: boolean;
  readonly expected: number | null;
  readonly ranges: readonly { readonly level: number; readonly lower: number; readonly upper: number }[];
}

/** Every period of the history and those ahead, as a chart shows them. Ranges are rounded to minor units. */
export function fanOf(row: Forecasted, { ahead }: Pick<ForecastsAnswer, 'ahead'>): readonly FanFigures[] {
  const { series, made, actual, planned, expected } = row;
  const behind = (series?.periods ?? []).map((period): FanFigures => {
    const booked = actual.get(period.key) ?? 0;
    return {
      period,
      planned: planned.get(period.key) ?? null,
      actual: booked,
      isOpen: false,
      expected: null,
      ranges: [],
    };
  });
  const next = ahead.map((period, at): FanFigures => ({
    period,
    planned: planned.get(period.key) ?? null,
    actual: actual.get(period.key) ?? null,
    isOpen: true,
    expected: expected.get(period.key) ?? null,
    ranges: (made?.intervals ?? []).map(({ level, lower, upper }) => ({
      level,
      lower: Math.min(Math.round(lower[at] ?? 0), expected.get(period.key) ?? Infinity),
      upper: Math.max(Math.round(upper[at] ?? 0), expected.get(period.key) ?? -Infinity),
    })),
  }));
  return [...behind, ...next];
}
