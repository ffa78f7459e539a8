/** What is forecast: budget lines, or whatever else money is grouped by, each with its history and its plan. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import { quartersOf, seriesOf, type Series, type SeriesFault } from '#lib/analysis/series/series.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { treeOn } from '#lib/domain/organisation/department-tree.ts';
import type { Nature } from '#lib/store/columns.ts';
import type { Reference } from '../reference.ts';
import { lastWhole, type Grain } from './grain.ts';
import type { ByPeriod, Subject } from './line-history.ts';
import { plannedBy, type YearPlan } from './planned-amounts.ts';

/** Amounts are minor units of the base currency by the calendar's periods. */
export interface ForecastSubject {
  /** Of the line, category, department, vendor or project; the empty text for money that names none. */
  readonly id: string;
  readonly name: string;
  readonly nature: Nature;
  /** As it stands in the latest plan that has it; null for what is no line. */
  readonly line: PlannedLine | null;
  readonly actual: ByPeriod;
  readonly planned: ByPeriod;
}

export interface SubjectGround {
  readonly reference: Reference;
  readonly by: Subject;
  readonly plans: readonly YearPlan[];
  /** What was posted, by nature and id. */
  readonly booked: Readonly<Record<Nature, ReadonlyMap<string, ByPeriod>>>;
  /** What has neither plan nor a posting from here on is left out. */
  readonly since: Period;
}

/** Costs first, each nature by name; money that names nothing comes last. */
export function subjectsOf({ reference, by, plans, booked, since }: SubjectGround): readonly ForecastSubject[] {
  const lines = new Map(plans.flatMap(({ lines: each }) => each.map((line) => [line.id, line] as const)));
  const nameOf = namesBy(by, reference, lines);
  return (['cost', 'revenue'] as const).flatMap((nature) => {
    const planned = plannedBy(plans, by, nature, reference);
    const posted = booked[nature];
    const isLate = ([, amounts]: readonly [string, ByPeriod]): boolean =>
      [...amounts.keys()].some((key) => key >= since.key);
    const late = [...planned, ...posted].filter(isLate).map(([id]) => id);
    return [...new Set(late)]
      .map((id) => ({
        id,
        name: nameOf(id),
        nature,
        line: by === 'line' ? (lines.get(id) ?? null) : null,
        actual: posted.get(id) ?? NOTHING,
        planned: planned.get(id) ?? NOTHING,
      }))
      .sort((a, b) => Number(a.id === '') - Number(b.id === '') || a.name.localeCompare(b.name));
  });
}

const NOTHING: ByPeriod = new Map();

/** All of one nature together. */
export function totalOf(subjects: readonly ForecastSubject[], nature: Nature): ForecastSubject {
  const actual = new Map<string, number>();
  const planned = new Map<string, number>();
  for (const subject of subjects) {
    if (subject.nature !== nature) continue;
    for (const [key, amount] of subject.actual) actual.set(key, (actual.get(key) ?? 0) + amount);
    for (const [key, amount] of subject.planned) planned.set(key, (planned.get(key) ?? 0) + amount);
  }
  const name = nature === 'cost' ? 'All cost' : 'All revenue';
  return { id: `all-${nature}`, name, nature, line: null, actual, planned };
}

/**
 * The history of amounts up to `until`. With `isScheduled` something is known of it: then one without any figure is a
 * single zero, from which what is known goes on.
 */
export function historyOf(
  actual: ByPeriod,
  { calendar, baseCurrency }: Pick<Reference, 'calendar' | 'baseCurrency'>,
  { until, grain, isScheduled }: { readonly until: Period; readonly grain: Grain; readonly isScheduled: boolean },
): Result<Series, SeriesFault> {
  const points = [...actual]
    .filter(([key]) => key <= until.key)
    .map(([period, amount]) => ({ period, amount, currency: baseCurrency }));
  // The key of a quarter is that of its first period: with it the quarter is whole.
  if (points.length === 0 && isScheduled)
    points.push({ period: lastWhole(calendar, until, grain).key, amount: 0, currency: baseCurrency });
  const series = seriesOf(points, calendar, until.key);
  if (!series.ok || grain === 'period') return series;
  const quarters = quartersOf(series.value);
  return quarters === null || quarters.periods.length === 0 ? err({ kind: 'no-points' }) : ok(quarters);
}

function namesBy(
  by: Subject,
  { categories, departments, vendors, projects }: Reference,
  lines: ReadonlyMap<string, PlannedLine>,
): (id: string) => string {
  const named = (list: Iterable<{ readonly id: string; readonly name: string }>): Map<string, string> =>
    new Map([...list].map(({ id, name }) => [id, name]));
  const names = {
    line: () => named(lines.values()),
    category: () => named(categories),
    department: () => named(treeOn(departments).values()),
    vendor: () => named(vendors),
    project: () => named(projects),
  }[by]();
  return (id) => {
    if (id === '') return `No ${by}`;
    return names.get(id) ?? (id.startsWith('text:') ? id.slice(5) : `A ${by} that is in no plan`);
  };
}
