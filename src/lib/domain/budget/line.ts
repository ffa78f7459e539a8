import type { Period, PeriodKey } from '../fiscal/period.ts';
import { currencyOf } from '../money/currency.ts';
import { safeSum, type AmountOverflow } from '../money/money.ts';
import { ok, type Result } from '../result.ts';

/** One line of a budget. Only its phases are stored; its total is always their sum. (B1) */
export interface BudgetLine {
  readonly id: string;
  readonly name: string;
  readonly nature: 'cost' | 'revenue';
  readonly categoryId: string | null;
  readonly departmentId: string | null;
  readonly vendorId: string | null;
  readonly projectId: string | null;
  readonly objectiveId: string | null;
  readonly ownerId: string | null;
  readonly currency: string;
  readonly spend: 'opex' | 'capex';
  readonly purpose: 'run' | 'grow' | 'transform' | 'unclassified';
  readonly note: string;
  readonly archived: boolean;
  /** Sort position among its siblings; ties break by id. */
  readonly order: number;
}

/** Minor units of the line's currency per period; a period that is absent is zero. */
export type Phases = Readonly<Record<PeriodKey, number>>;

export type LineFault =
  { readonly kind: 'name-missing' } | { readonly kind: 'unknown-currency'; readonly currency: string };

/** What keeps a line from being kept; empty when nothing does. (B11) */
export function lineFaults(line: BudgetLine): readonly LineFault[] {
  const faults: LineFault[] = [];
  if (line.name.trim() === '') faults.push({ kind: 'name-missing' });
  if (!currencyOf(line.currency)) faults.push({ kind: 'unknown-currency', currency: line.currency });
  return faults;
}

/** The total of a line: all its phases, or those of some periods. (B1) */
export function lineTotal(
  currency: string,
  phases: Phases,
  periods?: readonly Period[],
): Result<number, AmountOverflow> {
  const amounts = periods ? amountsOf(phases, periods) : Object.values(phases);
  const total = safeSum(
    currency,
    amounts.map((minor) => ({ minor, currency })),
  );
  return total.ok ? ok(total.value.minor) : total;
}

/** The phases of some periods in their order, zero where there is none. (B2) */
export function amountsOf(phases: Phases, periods: readonly Period[]): number[] {
  return periods.map(({ key }) => phases[key] ?? 0);
}
