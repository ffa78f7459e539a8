/** One figure for each period, oldest first: what forecasts are made from. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { nextPeriod, periodByKey, periodsOfYear, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

export interface Point {
  readonly period: PeriodKey;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

export interface Series {
  readonly currency: string;
  /** Periods in a year. */
  readonly season: number;
  readonly periods: readonly Period[];
  /** Minor units, one for each period. */
  readonly values: Float64Array;
  /** Periods between others in which nothing was booked: they count as zero. */
  readonly gaps: readonly PeriodKey[];
  /** The first period after the last year without anything: what lies before it is left out. Null where there is none. */
  readonly begunAfterGap: PeriodKey | null;
}

export type SeriesFault =
  | { readonly kind: 'no-points' }
  | { readonly kind: 'mixed-currencies'; readonly currencies: readonly string[] }
  | { readonly kind: 'unknown-period'; readonly period: string }
  | { readonly kind: 'duplicate-period'; readonly period: PeriodKey }
  | { readonly kind: 'not-an-amount'; readonly period: PeriodKey };

/**
 * The series of points in any order. It reaches to `until`, the last closed period, where that lies behind the last
 * point; points behind it are not history yet and are left out.
 */
export function seriesOf(
  points: readonly Point[],
  calendar: FiscalCalendar,
  until: PeriodKey | null = null,
): Result<Series, SeriesFault> {
  const read = amountsByPeriod(points, calendar, until);
  if (!read.ok) return read;
  const { amounts, first, last, currency } = read.value;
  const periods = [first];
  for (let period = first; period.key < last.key; periods.push(period)) period = nextPeriod(calendar, period);
  const season = periodsOfYear(calendar, last.fiscalYear).length;
  const start = afterMissingYear(periods, amounts, season);
  const kept = periods.slice(start);
  return ok({
    currency,
    season,
    periods: kept,
    values: Float64Array.from(kept, ({ key }) => amounts.get(key) ?? 0),
    gaps: kept.flatMap(({ key }) => (amounts.has(key) ? [] : [key])),
    begunAfterGap: start === 0 ? null : (kept[0]?.key ?? null),
  });
}

/** Quarters of a series of months or of a 4-4-5 calendar, whole ones only; null where a year does not have four. */
export function quartersOf(series: Series): Series | null {
  if (series.season !== 12) return null;
  const first = series.periods.findIndex(({ number }) => number % 3 === 1);
  if (first < 0) return null;
  const quarters = Math.floor((series.periods.length - first) / 3);
  const periods: Period[] = [];
  const values = new Float64Array(quarters);
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    const at = first + 3 * quarter;
    const [begin, end] = [series.periods[at]!, series.periods[at + 2]!];
    periods.push({ ...begin, number: (begin.number + 2) / 3, end: end.end });
    values[quarter] = series.values[at]! + series.values[at + 1]! + series.values[at + 2]!;
  }
  return { ...series, season: 4, periods, values, gaps: [] };
}

interface Read {
  readonly amounts: ReadonlyMap<PeriodKey, number>;
  readonly first: Period;
  readonly last: Period;
  readonly currency: string;
}

function amountsByPeriod(
  points: readonly Point[],
  calendar: FiscalCalendar,
  until: PeriodKey | null,
): Result<Read, SeriesFault> {
  const currencies = [...new Set(points.map(({ currency }) => currency))].sort();
  if (currencies.length > 1) return err({ kind: 'mixed-currencies', currencies });
  const amounts = new Map<PeriodKey, number>();
  for (const { period, amount } of points) {
    if (periodByKey(calendar, period) === undefined) return err({ kind: 'unknown-period', period });
    if (amounts.has(period)) return err({ kind: 'duplicate-period', period });
    if (!Number.isSafeInteger(amount)) return err({ kind: 'not-an-amount', period });
    if (until === null || period <= until) amounts.set(period, amount);
  }
  const keys = [...amounts.keys()].sort();
  const first = periodByKey(calendar, keys[0] ?? '');
  const last = periodByKey(calendar, until ?? keys.at(-1) ?? '');
  const [currency] = currencies;
  if (first === undefined || last === undefined || currency === undefined) return err({ kind: 'no-points' });
  return ok({ amounts, first, last, currency });
}

/** Where the history begins that no year without anything interrupts; a line that has stopped keeps its history. */
function afterMissingYear(periods: readonly Period[], amounts: ReadonlyMap<PeriodKey, number>, season: number): number {
  let start = 0;
  let missing = 0;
  periods.forEach(({ key }, at) => {
    if (!amounts.has(key)) missing += 1;
    else {
      if (missing >= season) start = at;
      missing = 0;
    }
  });
  return start;
}
