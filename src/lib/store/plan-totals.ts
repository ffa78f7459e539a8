/** A version's planned money by month and category, in the base currency. */
import type { Period, PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { Nature } from './columns.ts';
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import { inBaseCurrency, type ProjectionContext } from './projection-context.ts';

export interface PlanTotals {
  /** Minor units by nature, category (empty: not said) and period. */
  of(nature: Nature, category: string, period: PeriodKey): number;
  readonly categories: Readonly<Record<Nature, ReadonlySet<string>>>;
  /** Figures left out because no rate into the base currency is known on the first day of their period. */
  readonly unconverted: number;
  /** Lines whose formula gives no figures. (B13) */
  readonly withoutFigures: number;
}

/** Archived lines do not count. Foreign figures take the rate that holds on the first day of their period. (S19) */
export function planTotals(
  lines: readonly EffectiveLine[],
  periods: readonly Period[],
  context: ProjectionContext,
): PlanTotals {
  const sums = new Map<string, number>();
  const categories = { cost: new Set<string>(), revenue: new Set<string>() };
  let unconverted = 0;
  let withoutFigures = 0;
  for (const line of lines) {
    if (line.archived) continue;
    if (line.fault !== undefined) withoutFigures += 1;
    const category = line.categoryId ?? '';
    categories[line.nature].add(category);
    for (const { key, start } of periods) {
      const planned = line.phases[key] ?? 0;
      if (planned === 0) continue;
      const amount = inBaseCurrency(context, planned, line.currency, start);
      const place = `${line.nature}|${key}|${category}`;
      if (Number.isNaN(amount)) unconverted += 1;
      else sums.set(place, (sums.get(place) ?? 0) + amount);
    }
  }
  return {
    of: (nature, category, period) => sums.get(`${nature}|${period}|${category}`) ?? 0,
    categories,
    unconverted,
    withoutFigures,
  };
}
