/** The figures of the first screen: worked out after every change and kept, so that it paints from one read. */
import { planOf } from '#lib/domain/budget/version.ts';
import { periodOf, periodsOfYear, previousPeriod, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { Columns } from './columns.ts';
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import type { Filter } from './filter.ts';
import { largest, movers, type Largest, type Mover } from './movers.ts';
import { planTotals, type PlanTotals } from './plan-totals.ts';
import type { ProjectionContext } from './projection-context.ts';
import type { ReferenceMirror } from './reference-mirror.ts';
import { report } from './report.ts';
import {
  categoryFigures,
  YearFigures,
  type CategoryFigures,
  type PeriodFigures,
  type PlanAgainstActual,
} from './year-figures.ts';

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
  readonly periods: readonly PeriodFigures[];
  /** "To date" is up to and including this period: today's, or the year's last once it is over. */
  readonly current: PeriodKey;
  readonly cost: PlanAgainstActual;
  readonly revenue: PlanAgainstActual;
  readonly categories: readonly CategoryFigures[];
  /** Categories whose posted cost differs most between the last period that is over and the one before it. */
  readonly movers: readonly (Mover & { readonly name: string })[];
  readonly moved: { readonly before: PeriodKey; readonly after: PeriodKey };
  /** By posted cost in this fiscal year. */
  readonly vendors: readonly (Largest & { readonly name: string })[];
  readonly counts: OverviewCounts;
}

interface OverviewCounts {
  readonly unposted: number;
  /** Minor units of the base currency, cost only. */
  readonly unpostedCost: number;
  readonly returned: number;
  readonly undated: number;
  /** Rows and planned figures without a rate into the base currency. */
  readonly unconverted: number;
  /** Budget lines whose formula gives no figures. */
  readonly withoutFigures: number;
  readonly conflicts: number;
  /** Documents of which parts have not arrived, and records that cannot be read. */
  readonly incomplete: number;
  readonly unreadable: number;
}

export interface OverviewGround {
  readonly columns: Columns;
  readonly reference: ReferenceMirror;
  readonly context: ProjectionContext;
  readonly lines: (version: string) => Promise<readonly EffectiveLine[]>;
  /** ISO instant. */
  readonly now: string;
  readonly documents: Pick<OverviewCounts, 'conflicts' | 'incomplete' | 'unreadable'>;
}

const SHOWN = 5;

/** The overview of the fiscal year that `now` lies in, or of another one. */
export async function makeOverview(ground: OverviewGround, fiscalYear?: number): Promise<Overview> {
  const { columns, reference, context, now } = ground;
  const { calendar, baseCurrency } = context;
  const today = periodOf(calendar, now.slice(0, 10));
  const year = fiscalYear ?? today.fiscalYear;
  const periods = periodsOfYear(calendar, year);
  const toDate = periods.filter(({ start }) => start <= today.start);
  const current = toDate.at(-1) ?? periodsOfYear(calendar, year - 1).at(-1) ?? today;
  const version = planOf(reference.all('versions'), year);
  const plan = planTotals(version === null ? [] : await ground.lines(version.id), periods, context);
  const figures = new YearFigures(columns, plan, periods, toDate.length, baseCurrency);
  const after = current.key === today.key ? previousPeriod(calendar, current) : current;
  const moved = { before: previousPeriod(calendar, after).key, after: after.key };
  return {
    asOf: now,
    workspaceName: reference.get('workspace', 'workspace')?.name ?? '',
    locale: reference.get('settings', 'settings')?.locale ?? null,
    currency: baseCurrency,
    fiscalYear: year,
    plan: version && { id: version.id, name: version.name },
    periods: figures.costByPeriod(),
    current: current.key,
    cost: figures.of('cost', null),
    revenue: figures.of('revenue', null),
    categories: categoryFigures(reference.all('categories'), figures),
    movers: moversOf(columns, reference, moved),
    moved,
    vendors: vendorsOf(columns, reference, periods),
    counts: countsOf(ground, plan),
  };
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
    withoutFigures: plan.withoutFigures,
  };
}
