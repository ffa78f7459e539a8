/** A project's course, from the plan of each year, what was posted, and what people said of it. */
import { planOf, type BudgetVersion } from '#lib/domain/budget/version.ts';
import type { ProjectCourse } from '#lib/domain/earned-value/standing.ts';
import { periodByKey, periodsOfYear, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { Project } from '#lib/domain/organisation/project.ts';
import { inBaseCurrency } from '#lib/store/projection-context.ts';
import type { Reader } from '../reader.ts';
import type { Reference } from '../reference.ts';

export interface FoundCourse {
  /** All amounts in minor units of the base currency. Its periods reach from the first to the last that has anything. */
  readonly course: ProjectCourse;
  readonly periods: readonly Period[];
  /** The versions whose lines are the baseline: the plan of each year, the earliest first. */
  readonly plans: readonly BudgetVersion[];
  /** Planned figures and rows left out because no rate into the base currency is known. */
  readonly unconverted: number;
  /** Lines whose formula gives no figures: what is planned is not whole. */
  readonly faulted: number;
}

type Reads = Pick<Reader, 'lines' | 'report'>;
type Named = Pick<Reference, 'versions' | 'calendar' | 'baseCurrency' | 'rates'>;

/**
 * Cost lines of the project are its baseline. Its actual cost is what was posted to it, and what was posted to one of
 * its lines without naming a project. Revenue is neither.
 */
export async function courseOf(reader: Reads, reference: Named, project: Project): Promise<FoundCourse> {
  const planned = await plannedOf(reader, reference, project.id);
  const spent = await spentOn(reader, project.id, planned.lines);
  const progress = project.progress ?? { complete: {}, remaining: {} };
  const touched = [planned.amounts, spent.amounts, progress.complete, progress.remaining].flatMap(Object.keys);
  const periods = periodsOver(reference, touched);
  return {
    course: {
      currency: reference.baseCurrency,
      periods: periods.map(({ key }) => key),
      planned: planned.amounts,
      actual: spent.amounts,
      progress,
    },
    periods,
    plans: planned.plans,
    unconverted: planned.unconverted + spent.unconverted,
    faulted: planned.faulted,
  };
}

async function plannedOf(reader: Reads, reference: Named, project: string) {
  const years = [...new Set(reference.versions.map(({ fiscalYear }) => fiscalYear))].sort((a, b) => a - b);
  const amounts: Record<PeriodKey, number> = {};
  const lines = new Set<string>();
  const plans: BudgetVersion[] = [];
  let unconverted = 0;
  let faulted = 0;
  for (const year of years) {
    const plan = planOf(reference.versions, year);
    const found = plan === null ? [] : await reader.lines(plan.id);
    const mine = found.filter((line) => line.projectId === project && line.nature === 'cost' && !line.archived);
    if (plan !== null && mine.length > 0) plans.push(plan);
    for (const line of mine) {
      lines.add(line.id);
      if (line.fault !== undefined) faulted += 1;
      for (const { key, start } of periodsOfYear(reference.calendar, year)) {
        const minor = line.phases[key] ?? 0;
        if (minor === 0) continue;
        const amount = inBaseCurrency(reference, minor, line.currency, start);
        if (Number.isNaN(amount)) unconverted += 1;
        else amounts[key] = (amounts[key] ?? 0) + amount;
      }
    }
  }
  return { amounts, lines, plans, unconverted, faulted };
}

async function spentOn(reader: Reads, project: string, lines: ReadonlySet<string>) {
  const query = { states: ['posted'], nature: 'cost' } as const;
  const named = reader.report({ by: ['period'], filter: { ...query, values: { project: [project] } } });
  const byLine =
    lines.size === 0
      ? []
      : [reader.report({ by: ['period'], filter: { ...query, values: { project: [''], line: [...lines] } } })];
  const amounts: Record<PeriodKey, number> = {};
  let unconverted = 0;
  for (const report of await Promise.all([named, ...byLine])) {
    const [keys = []] = report.axes;
    for (const [at, key] of keys.entries()) {
      if (key !== '') amounts[key] = (amounts[key] ?? 0) + (report.cost[at] ?? 0);
    }
    unconverted += report.totals.unconverted;
  }
  return { amounts, unconverted };
}

/** Every period from the first to the last of some keys; keys that are no period of the calendar do not count. */
function periodsOver({ calendar }: Named, keys: readonly PeriodKey[]): readonly Period[] {
  const known = keys.flatMap((key) => periodByKey(calendar, key) ?? []).sort((a, b) => (a.start < b.start ? -1 : 1));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const years = Array.from({ length: last.fiscalYear - first.fiscalYear + 1 }, (_, i) => first.fiscalYear + i);
  return years
    .flatMap((year) => periodsOfYear(calendar, year))
    .filter(({ start }) => start >= first.start && start <= last.start);
}
