/** Where an amount comes to stand in the ledger: its period, its area and its amount in the base currency. */
import { periodByKey, periodOf, nextPeriod, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { convert, rateOn } from '#lib/domain/money/exchange-rate.ts';
import { areaOf, departmentOf } from '#lib/domain/organisation/department-tree.ts';
import { isClosedOn } from '#lib/domain/organisation/department.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';
import type { CodingRefusal, PostingRefusal } from './refusal.ts';
import type { Founded } from './state.ts';

/** The period something of a date counts in: that of the date, or the first open one after it. (G5) */
export function openPeriodOn(state: Founded, date: string): PeriodKey {
  return firstOpen(state, periodOf(state.workspace.calendar, date));
}

/** The period itself while it is open, or the first open one after it. (G5) */
export function openPeriodFrom(state: Founded, key: PeriodKey): PeriodKey {
  if (!state.closed.has(key)) return key;
  return firstOpen(state, startingAt(state, key));
}

/** The first day of a period. */
export function firstDayOf(state: Founded, key: PeriodKey): string {
  return startingAt(state, key).start;
}

/** The area of a department as the tree stood on a date, unless nothing may be coded to it then. (G7) */
export function areaForCoding(
  state: Founded,
  departmentId: string | null,
  date: string,
): Result<string, CodingRefusal> {
  if (departmentId === null) return ok(areaOf(state.departments, null, date));
  const department = departmentOf(state.departments, departmentId);
  if (!department) return err({ kind: 'unknown-department', id: departmentId });
  if (department.closedFrom !== null && isClosedOn(department, date)) {
    return err({ kind: 'department-closed', id: departmentId, from: department.closedFrom });
  }
  return ok(areaOf(state.departments, departmentId, date));
}

export interface Valued {
  readonly baseAmount: number;
  readonly rate: string;
  readonly rateDate: string | null;
  readonly rateSource: string;
}

/** The amount in the base currency at the rate that held on a date. (G6) */
export function valueInBase(
  state: Founded,
  { amount, currency }: Pick<Expense, 'amount' | 'currency'>,
  date: string,
): Result<Valued, PostingRefusal> {
  const base = state.workspace.baseCurrency;
  if (currency === base) return ok({ baseAmount: amount + 0, rate: '1', rateDate: null, rateSource: '' });
  const held = rateOn(state.rates, currency, base, date);
  if (!held) return err({ kind: 'no-rate', currency, base, date });
  const baseAmount = convert(amount, currency, base, held.rate);
  if (!baseAmount.ok) return err({ kind: 'amount-too-large', currency, base });
  return ok({ baseAmount: baseAmount.value, rate: held.rate, rateDate: held.date, rateSource: held.source });
}

function firstOpen(state: Founded, period: Period): PeriodKey {
  let open = period;
  while (state.closed.has(open.key)) open = nextPeriod(state.workspace.calendar, open);
  return open.key;
}

function startingAt(state: Founded, key: PeriodKey): Period {
  const period = periodByKey(state.workspace.calendar, key);
  assert(period !== undefined, `period ${key} is not of this calendar`);
  return period;
}
