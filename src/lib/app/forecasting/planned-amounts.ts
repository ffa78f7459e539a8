/** The plan of several years in the base currency, by line or by whatever else its lines are grouped by. */
import type { PlannedLine } from '#lib/documents/plan.ts';
import { planOf } from '#lib/domain/budget/version.ts';
import { periodsOfYear, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import { inBaseCurrency } from '#lib/store/projection-context.ts';
import type { Reader } from '../reader.ts';
import type { Reference } from '../reference.ts';
import type { ByPeriod, Subject } from './line-history.ts';

export interface YearPlan {
  readonly fiscalYear: number;
  /** Those that are not archived. */
  readonly lines: readonly PlannedLine[];
}

/** The plan of each year that has one, in the order of the years. */
export async function readPlans(
  reader: Pick<Reader, 'lines'>,
  { versions }: Pick<Reference, 'versions'>,
  years: readonly number[],
): Promise<readonly YearPlan[]> {
  const plans: YearPlan[] = [];
  for (const fiscalYear of years) {
    const version = planOf(versions, fiscalYear);
    if (version === null) continue;
    const lines = (await reader.lines(version.id)).filter(({ archived }) => !archived);
    plans.push({ fiscalYear, lines });
  }
  return plans;
}

/**
 * Minor units of the base currency, at the rate of each period's first day (S19). A figure without a rate is left out.
 */
export function plannedBy(
  plans: readonly YearPlan[],
  by: Subject,
  nature: 'cost' | 'revenue',
  reference: Pick<Reference, 'calendar' | 'baseCurrency' | 'rates'>,
): ReadonlyMap<string, ByPeriod> {
  const planned = new Map<string, Map<PeriodKey, number>>();
  for (const { fiscalYear, lines } of plans) {
    const periods = periodsOfYear(reference.calendar, fiscalYear);
    for (const line of lines) {
      if (line.nature !== nature) continue;
      const id = idOf(line, by);
      const amounts = planned.get(id) ?? new Map<PeriodKey, number>();
      planned.set(id, amounts);
      for (const { key, start } of periods) {
        const figure = line.phases[key] ?? 0;
        const amount = figure === 0 ? 0 : inBaseCurrency(reference, figure, line.currency, start);
        if (!Number.isNaN(amount)) amounts.set(key, (amounts.get(key) ?? 0) + amount);
      }
    }
  }
  return planned;
}

function idOf(line: PlannedLine, by: Subject): string {
  switch (by) {
    case 'line':
      return line.id;
    case 'category':
      return line.categoryId ?? '';
    case 'department':
      return line.departmentId ?? '';
    case 'vendor':
      return line.vendorId ?? '';
    case 'project':
      return line.projectId ?? '';
  }
}
