/** The sample's actuals: what each line's months really cost, in invoices that add up to the month exactly. */
import { addDays, daysBetween } from '#lib/domain/fiscal/iso-date.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { allocate } from '#lib/domain/money/allocate.ts';
import type { PlannedLine } from './plan.ts';
import type { Random } from './random.ts';

/** Expenses of every period in `history` up to `today`; `perMonth` is how many invoices an even line gets in a month. */
export function spend(
  plan: readonly PlannedLine[],
  history: readonly Period[],
  today: string,
  perMonth: number,
  member: string,
  random: Random,
): Expense[] {
  const expenses: Expense[] = [];
  for (const period of history) {
    for (const planned of plan) expenses.push(...spendMonth(planned, period, today, perMonth, member, random));
  }
  return expenses.sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1));
}

function spendMonth(
  { line, phases, story }: PlannedLine,
  period: Period,
  today: string,
  perMonth: number,
  member: string,
  random: Random,
): Expense[] {
  const month = Number(period.key.slice(5));
  // The year before the plan had the plan's shape, six percent cheaper.
  const thisYear = phases[period.key];
  const planned = thisYear ?? Math.round(amountOfMonth(phases, month) * 0.94);
  if (planned === 0) return [];
  const { drift } = story;
  const drifted = drift !== undefined && thisYear !== undefined && month >= drift.fromMonth ? drift.factor : 1;
  const factor = drifted * (0.97 + random.next() * 0.06);
  const total = Math.round(planned * factor);
  const payroll = story.vendor === 'Payroll';
  const count =
    typeof story.shape === 'object' && 'renewal' in story.shape ? 1 : payroll ? 1 : random.between(1, perMonth * 2 - 1);
  const amounts = allocate(
    total,
    Array.from({ length: count }, () => random.between(1, 9)),
  );
  const lastDay = daysBetween(period.start, period.end);
  return amounts
    .map((amount, index) => ({ amount, date: addDays(period.start, payroll ? 24 : random.between(0, lastDay)), index }))
    .filter(({ amount, date }) => amount !== 0 && date <= today)
    .map(({ amount, date, index }) => ({
      id: random.id(),
      kind: line.nature === 'revenue' ? ('revenue' as const) : ('expense' as const),
      date,
      amount,
      currency: line.currency,
      vendorId: line.vendorId,
      vendorText: story.vendor,
      categoryId: line.categoryId,
      departmentId: line.departmentId,
      projectId: line.projectId,
      lineId: line.id,
      description: count === 1 ? line.name : `${line.name}, part ${index + 1}`,
      invoiceNumber: payroll ? '' : `${story.vendor.slice(0, 2).toUpperCase()}-${random.between(10_000, 99_999)}`,
      receipts: [],
      batchId: null,
      batchLine: null,
      fingerprint: null,
      capturedAt: `${date}T09:00:00.000Z`,
      capturedBy: member,
      returnedReason: null,
    }));
}

/** The plan's amount for a calendar month (1 to 12), whatever its year. */
function amountOfMonth(phases: Readonly<Record<string, number>>, month: number): number {
  const key = Object.keys(phases).find((period) => Number(period.slice(5)) === month);
  return key === undefined ? 0 : (phases[key] ?? 0);
}
