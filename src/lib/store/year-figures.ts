/** Plan and posted money of one fiscal year, put beside each other by period and category. */
import type { Category } from '#lib/domain/organisation/category.ts';
import { categoryTree, type CategoryNode } from '#lib/domain/organisation/category-tree.ts';
import { variance } from '#lib/domain/budget/variance.ts';
import type { Period, PeriodKey } from '#lib/domain/fiscal/period.ts';
import { money } from '#lib/domain/money/money.ts';
import { NATURES, type Columns, type Nature } from './columns.ts';
import type { PlanTotals } from './plan-totals.ts';
import { report, type Report } from './report.ts';

/** Minor units of the base currency. */
export interface PlanAgainstActual {
  readonly plan: number;
  readonly planToDate: number;
  readonly actualToDate: number;
  /** Actual less plan, to date. */
  readonly difference: number;
  /** Decimal text; null when nothing was planned to date. */
  readonly ratio: string | null;
  readonly favourable: boolean | null;
}

export interface PeriodFigures extends Pick<Period, 'key' | 'start' | 'end'> {
  readonly plan: number;
  readonly actual: number;
}

export interface CategoryFigures extends PlanAgainstActual {
  /** The empty text for money without a category. */
  readonly id: string;
  readonly name: string;
  readonly nature: Nature;
  /** The category and all below it: what to filter by to see the rows. */
  readonly ids: readonly string[];
}

export class YearFigures {
  readonly #plan: PlanTotals;
  readonly #periods: readonly Period[];
  readonly #toDate: number;
  readonly #currency: string;
  readonly #actual: Report;

  /** The first `toDate` periods count as "to date". */
  constructor(columns: Columns, plan: PlanTotals, periods: readonly Period[], toDate: number, currency: string) {
    this.#plan = plan;
    this.#periods = periods;
    this.#toDate = toDate;
    this.#currency = currency;
    const period = periods.map(({ key }) => key);
    this.#actual = report(columns, { by: ['period', 'category'], filter: { states: ['posted'], values: { period } } });
  }

  /** Categories with plan or actual; the empty text where none is said. */
  categories(nature: Nature): ReadonlySet<string> {
    const [, posted = []] = this.#actual.axes;
    return new Set([...posted, ...this.#plan.categories[nature]]);
  }

  costByPeriod(): readonly PeriodFigures[] {
    return this.#periods.map(({ key, start, end }) => ({
      key,
      start,
      end,
      plan: this.#planned('cost', null, [key]),
      actual: this.#posted('cost', null, [key]),
    }));
  }

  /** Of these categories, or of all. */
  of(nature: Nature, categories: readonly string[] | null): PlanAgainstActual {
    const year = this.#periods.map(({ key }) => key);
    const toDate = year.slice(0, this.#toDate);
    const planToDate = this.#planned(nature, categories, toDate);
    const actualToDate = this.#posted(nature, categories, toDate);
    const inMoney = (minor: number) => money(minor, this.#currency);
    const { difference, ratio, favourable } = variance(inMoney(planToDate), inMoney(actualToDate), nature);
    const plan = this.#planned(nature, categories, year);
    return { plan, planToDate, actualToDate, difference: difference.minor, ratio, favourable };
  }

  #planned(nature: Nature, categories: readonly string[] | null, periods: readonly PeriodKey[]): number {
    let total = 0;
    for (const category of categories ?? this.#plan.categories[nature]) {
      for (const period of periods) total += this.#plan.of(nature, category, period);
    }
    return total;
  }

  #posted(nature: Nature, categories: readonly string[] | null, periods: readonly PeriodKey[]): number {
    const [keys = [], columns = []] = this.#actual.axes;
    let total = 0;
    for (const [row, key] of keys.entries()) {
      if (!periods.includes(key)) continue;
      for (const [column, category] of columns.entries()) {
        if (categories !== null && !categories.includes(category)) continue;
        total += this.#actual[nature][row * columns.length + column] ?? 0;
      }
    }
    return total;
  }
}

/**
 * Top categories in their own order, those with neither plan nor actual left out. A category that is not known here is
 * one of its own; money without any comes last.
 */
export function categoryFigures(categories: readonly Category[], figures: YearFigures): readonly CategoryFigures[] {
  const tree = [...categoryTree(categories).values()];
  const known = new Set(categories.map(({ id }) => id));
  const tops = tree.filter(({ path }) => path.length === 1);
  const groups = [
    ...tops.map((node) => ({ id: node.category.id, name: node.category.name, ids: idsBelow(node) })),
    ...[...figures.categories('cost').union(figures.categories('revenue'))]
      .filter((id) => !known.has(id))
      .sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
      .map((id) => ({ id, name: '', ids: [id] })),
  ];
  return groups.flatMap((group) =>
    NATURES.map((nature) => ({ ...group, nature, ...figures.of(nature, group.ids) })).filter(
      ({ plan, actualToDate }) => plan !== 0 || actualToDate !== 0,
    ),
  );
}

function idsBelow({ category, children }: CategoryNode): readonly string[] {
  return [category.id, ...children.flatMap(idsBelow)];
}
