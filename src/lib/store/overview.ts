/** The figures of the first screen: worked out after every change and kept, so that it paints from one read. */
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { variance } from '#lib/domain/budget/variance.ts';
import { periodOf, periodsOfYear, previousPeriod, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import { money } from '#lib/domain/money/money.ts';
import type { Category } from '#lib/domain/organisation/category.ts';
import { categoryTree, type CategoryNode } from '#lib/domain/organisation/category-tree.ts';
import { NATURES, type Columns, type Nature } from './columns.ts';
import type { StoredLine } from './database.ts';
import type { Filter } from './filter.ts';
import { largest, movers, type Largest, type Mover } from './movers.ts';
import { planTotals, type PlanTotals } from './plan-totals.ts';
import type { ProjectionContext } from './projection-context.ts';
import type { ReferenceMirror } from './reference-mirror.ts';
import { report, type Report } from './report.ts';

/** All amounts are minor units of `currency`; costs and revenue are never added together. */
export interface Overview {
  /** ISO instant of when the figures were worked out. */
  readonly asOf: string;
  readonly workspaceName: string;
  readonly locale: string | null;
  readonly currency: string;
  readonly fiscalYear: number;
  /** The version that is the plan here; null when the year has none. */
  readonly plan: { readonly id: string; readonly name: string } | null;
  readonly periods: readonly OverviewPeriod[];
  /** The period that `asOf` lies in: "to date" is up to and including it. */
  readonly current: PeriodKey;
  readonly cost: OverviewFigures;
  readonly revenue: OverviewFigures;
  /** Top categories in their own order, the ones with neither plan nor actual left out; last what has no category. */
  readonly categories: readonly OverviewCategory[];
  /** Categories whose posted cost differs most between the last period that is over and the one before it. */
  readonly movers: readonly (Mover & { readonly name: string })[];
  readonly moved: { readonly before: PeriodKey; readonly after: PeriodKey };
  /** By posted cost in this fiscal year. */
  readonly vendors: readonly (Largest & { readonly name: string })[];
  readonly counts: OverviewCounts;
}

interface OverviewPeriod extends Pick<Period, 'key' | 'start' | 'end'> {
  readonly plan: number;
  readonly actual: number;
}

export interface OverviewFigures {
  readonly plan: number;
  readonly planToDate: number;
  readonly actualToDate: number;
  /** Actual less plan, to date. */
  readonly difference: number;
  /** Decimal text; null when nothing was planned to date. */
  readonly ratio: string | null;
  readonly favourable: boolean | null;
}

export interface OverviewCategory extends OverviewFigures {
  /** The empty text for money without a category. */
  readonly id: string;
  readonly name: string;
  readonly nature: Nature;
  /** The category and all below it: what to filter by to see the rows. */
  readonly ids: readonly string[];
}

export interface OverviewCounts {
  readonly unposted: number;
  /** Minor units of the base currency, cost only. */
  readonly unpostedCost: number;
  readonly returned: number;
  readonly undated: number;
  /** Rows and planned figures without a rate into the base currency. */
  readonly unconverted: number;
  readonly conflicts: number;
  /** Documents of which parts have not arrived, and records that cannot be read. */
  readonly incomplete: number;
  readonly unreadable: number;
}

export interface OverviewGround {
  readonly columns: Columns;
  readonly reference: ReferenceMirror;
  readonly context: ProjectionContext;
  readonly lines: (version: string) => Promise<readonly StoredLine[]>;
  /** ISO instant. */
  readonly now: string;
  readonly documents: Pick<OverviewCounts, 'conflicts' | 'incomplete' | 'unreadable'>;
}

const SHOWN = 5;

export async function makeOverview(ground: OverviewGround): Promise<Overview> {
  const { columns, reference, context, now } = ground;
  const { calendar, baseCurrency } = context;
  const current = periodOf(calendar, now.slice(0, 10));
  const periods = periodsOfYear(calendar, current.fiscalYear);
  const version = planOf(reference.all('versions'), current.fiscalYear);
  const plan = planTotals(version === null ? [] : await ground.lines(version.id), periods, context);
  const figures = new YearFigures(columns, plan, periods, current, baseCurrency);
  const after = previousPeriod(calendar, current);
  const moved = { before: previousPeriod(calendar, after).key, after: after.key };
  return {
    asOf: now,
    workspaceName: reference.get('workspace', 'workspace')?.name ?? '',
    locale: reference.get('settings', 'settings')?.locale ?? null,
    currency: baseCurrency,
    fiscalYear: current.fiscalYear,
    plan: version && { id: version.id, name: version.name },
    periods: figures.costByPeriod(),
    current: current.key,
    cost: figures.of('cost', null),
    revenue: figures.of('revenue', null),
    categories: categoriesOf(reference.all('categories'), figures),
    movers: moversOf(columns, reference, moved),
    moved,
    vendors: vendorsOf(columns, reference, periods),
    counts: countsOf(ground, plan),
  };
}

/** The plan of a year is its newest budget that is not archived; of two made at the same instant the larger id. */
function planOf(versions: readonly BudgetVersion[], fiscalYear: number): BudgetVersion | null {
  const candidates = versions.filter(
    (version) => version.kind === 'budget' && version.fiscalYear === fiscalYear && !version.archived,
  );
  const age = ({ createdAt, id }: BudgetVersion): string => `${createdAt} ${id}`;
  return candidates.toSorted((a, b) => (age(a) < age(b) ? 1 : -1))[0] ?? null;
}

/** Plan and posted money of one fiscal year, by nature, period and category. */
class YearFigures {
  readonly #plan: PlanTotals;
  readonly #periods: readonly Period[];
  readonly #toDate: number;
  readonly #currency: string;
  readonly #actual: Report;

  constructor(columns: Columns, plan: PlanTotals, periods: readonly Period[], current: Period, currency: string) {
    this.#plan = plan;
    this.#periods = periods;
    this.#toDate = current.number;
    this.#currency = currency;
    const period = periods.map(({ key }) => key);
    this.#actual = report(columns, { by: ['period', 'category'], filter: { states: ['posted'], values: { period } } });
  }

  /** Categories with plan or actual; the empty text where none is said. */
  categories(nature: Nature): ReadonlySet<string> {
    const [, posted = []] = this.#actual.axes;
    return new Set([...posted, ...this.#plan.categories[nature]]);
  }

  costByPeriod(): readonly OverviewPeriod[] {
    return this.#periods.map(({ key, start, end }) => ({
      key,
      start,
      end,
      plan: this.#planned('cost', null, [key]),
      actual: this.#posted('cost', null, [key]),
    }));
  }

  /** Of these categories, or of all. */
  of(nature: Nature, categories: readonly string[] | null): OverviewFigures {
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

/** Money is shown under its top category; a category that is not known here is one of its own. */
function categoriesOf(categories: readonly Category[], figures: YearFigures): readonly OverviewCategory[] {
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

function moversOf(columns: Columns, reference: ReferenceMirror, { before, after }: Overview['moved']) {
  const filter = { states: ['posted'] } as const;
  const moved = movers(columns, {
    by: 'category',
    nature: 'cost',
    filter,
    before: [before],
    after: [after],
    limit: SHOWN,
  });
  return moved.map((mover) => ({ ...mover, name: reference.get('categories', mover.value)?.name ?? '' }));
}

function vendorsOf(columns: Columns, reference: ReferenceMirror, periods: readonly Period[]) {
  const filter = { states: ['posted'], values: { period: periods.map(({ key }) => key) } } as const;
  return largest(columns, { by: 'vendor', nature: 'cost', filter, limit: SHOWN }).map((vendor) => ({
    ...vendor,
    name: reference.get('vendors', vendor.value)?.name ?? vendor.value.replace(/^text:/, ''),
  }));
}

function countsOf({ columns, documents }: OverviewGround, plan: PlanTotals): OverviewCounts {
  const totals = (filter: Filter) => report(columns, { by: ['period'], filter }).totals;
  const unposted = totals({ states: ['unposted'] });
  return {
    ...documents,
    unposted: unposted.rows,
    unpostedCost: unposted.cost,
    returned: totals({ states: ['returned'] }).rows,
    undated: totals({ undated: true }).rows,
    unconverted: totals({}).unconverted + plan.unconverted,
  };
}
