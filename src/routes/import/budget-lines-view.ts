/** The lines of a budget file as the preview lists them. */
import type { BudgetImport } from '#lib/app/importing/budget-import.svelte.ts';
import { moneyText } from '#lib/ui/figure/figure-text.ts';
import type { Names } from '../expenses/names.ts';

type Draft = NonNullable<BudgetImport['reading']>['lines'][number];

export interface BudgetLineView {
  readonly fileLine: number;
  readonly name: string;
  readonly category: string;
  readonly department: string;
  /** Of the whole year. */
  readonly total: string;
}

export function budgetLineViews(drafts: readonly Draft[], names: Names, locale: string): readonly BudgetLineView[] {
  return drafts.map(({ fileLine, name, categoryId, departmentId, phases, currency }) => ({
    fileLine,
    name,
    category: names.category(categoryId),
    department: names.department(departmentId),
    total: moneyText({ minor: Object.values(phases).reduce((sum, minor) => sum + minor, 0), currency }, locale, {
      currency: 'code',
    }),
  }));
}
