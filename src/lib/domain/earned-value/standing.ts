/** A project period by period: what was planned, spent and stated to be done, each from the beginning. */
import type { PeriodKey } from '../fiscal/period.ts';
import { safeSum, type AmountOverflow } from '../money/money.ts';
import { ok, type Result } from '../result.ts';
import type { ProjectStanding } from './indices.ts';

/** Minor units of one currency by period; a period that is absent is zero. */
type Amounts = Readonly<Record<PeriodKey, number>>;

/** What people said about a project, by the period at whose end it held. */
export interface Progress {
  /** Hundredths of a percent. */
  readonly complete: Readonly<Record<PeriodKey, number>>;
  /** What was left to spend, minor units of the base currency. */
  readonly remaining: Readonly<Record<PeriodKey, number>>;
}

export interface ProjectCourse {
  readonly currency: string;
  /** Every period of the project, in order. */
  readonly periods: readonly PeriodKey[];
  readonly planned: Amounts;
  readonly actual: Amounts;
  readonly progress: Progress;
}

/** How a project stands at the end of a period; sums beyond the safe integers are refused. (EV1) */
export function standingAt(course: ProjectCourse, status: PeriodKey): Result<ProjectStanding, AmountOverflow> {
  const { currency, periods, progress } = course;
  const sofar = periods.slice(0, periods.indexOf(status) + 1);
  const budget = sumOver(currency, course.planned, periods);
  if (!budget.ok) return budget;
  const planned = sumOver(currency, course.planned, sofar);
  if (!planned.ok) return planned;
  const actual = sumOver(currency, course.actual, sofar);
  if (!actual.ok) return actual;
  return ok({
    budget: budget.value,
    planned: planned.value,
    actual: actual.value,
    complete: latest(progress.complete, sofar),
    remaining: progress.remaining[status] ?? null,
  });
}

function sumOver(currency: string, amounts: Amounts, periods: readonly PeriodKey[]): Result<number, AmountOverflow> {
  const sum = safeSum(
    currency,
    periods.map((key) => ({ minor: amounts[key] ?? 0, currency })),
  );
  return sum.ok ? ok(sum.value.minor) : sum;
}

function latest(stated: Readonly<Record<PeriodKey, number>>, periods: readonly PeriodKey[]): number | null {
  const key = periods.findLast((period) => stated[period] !== undefined);
  return key === undefined ? null : (stated[key] ?? null);
}
