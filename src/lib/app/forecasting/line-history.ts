/** What was booked period by period, on budget lines or on whatever else rows are grouped by: what forecasts learn from. */
import { periodByKey, periodOf, previousPeriod, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import { assert } from '#lib/domain/result.ts';
import type { Dimension, Nature } from '#lib/store/columns.ts';
import type { Filter } from '#lib/store/filter.ts';
import type { Reader } from '../reader.ts';
import type { Reference } from '../reference.ts';

/** What there is one history for. */
export type Subject = Exclude<Dimension, 'period' | 'batch'>;

/** Minor units of the base currency; a period without a row is absent. */
export type ByPeriod = ReadonlyMap<PeriodKey, number>;

export interface Booked {
  /** The empty text stands for rows that name none. */
  readonly byId: ReadonlyMap<string, ByPeriod>;
  /** Rows left out because no rate into the base currency is known. */
  readonly unconverted: number;
  /** False where the sums left the safe integers: then no figure is to be believed. */
  readonly isExact: boolean;
}

/** Everything posted of one nature, periods that are still open included; `filter` narrows it. */
export async function readBooked(
  reader: Pick<Reader, 'report'>,
  by: Subject,
  nature: Nature,
  filter: Filter = {},
): Promise<Booked> {
  const report = await reader.report({ by: [by, 'period'], filter: { ...filter, nature, states: ['posted'] } });
  const [ids = [], periods = []] = report.axes;
  const sums = report[nature];
  const byId = new Map<string, ByPeriod>();
  for (const [row, id] of ids.entries()) {
    const amounts = new Map<PeriodKey, number>();
    for (const [column, period] of periods.entries()) {
      const cell = row * periods.length + column;
      if (period !== '' && report.rows[cell] !== 0) amounts.set(period, sums[cell] ?? 0);
    }
    byId.set(id, amounts);
  }
  return { byId, unconverted: report.totals.unconverted, isExact: report.totals.isExact };
}

export interface HistoryEnd {
  /** The last period whose figures are taken as whole. */
  readonly period: Period;
  /** False where no period is closed yet, and the last one that is over was taken. */
  readonly isClosed: boolean;
}

/** Where history ends on a day: with the latest closed period, or the one before today's while none is closed. */
export function historyEnd({ calendar, closed }: Pick<Reference, 'calendar' | 'closed'>, today: string): HistoryEnd {
  const latest = closed
    .filter((key) => periodByKey(calendar, key) !== undefined)
    .toSorted()
    .at(-1);
  if (latest === undefined) {
    return { period: previousPeriod(calendar, periodOf(calendar, today)), isClosed: false };
  }
  const period = periodByKey(calendar, latest);
  assert(period !== undefined, `no period ${latest}`);
  return { period, isClosed: true };
}
