/** A project's earned value as the page tells it: which period it is about, one sentence, and its course in rows. */
import type { FoundCourse } from '#lib/app/projects/course.ts';
import type { Reference } from '#lib/app/reference.ts';
import { earnedValue, type EarnedValue, type ProjectStanding } from '#lib/domain/earned-value/indices.ts';
import { explainUndefined } from '#lib/domain/earned-value/explain.ts';
import { standingAt, type ProjectCourse } from '#lib/domain/earned-value/standing.ts';
import type { Period, PeriodKey } from '#lib/domain/fiscal/period.ts';
import { formatMoney } from '#lib/domain/money/format.ts';

/**
 * The period a project is judged at unless somebody chooses: the last for which progress was stated, or else the last
 * that is over; never one that has not begun, unless all are to come.
 */
export function statusOf(
  { periods, course }: Pick<FoundCourse, 'periods' | 'course'>,
  today: string,
): Period | undefined {
  const begun = periods.filter(({ start }) => start <= today);
  const stated = begun.findLast(({ key }) => course.progress.complete[key] !== undefined);
  return stated ?? begun.findLast(({ end }) => end < today) ?? begun.at(-1) ?? periods[0];
}

/** 'Quay Wi-Fi has earned 0.91 for every 1 spent and is heading for 110,000 EUR, 10,000 EUR over its budget.' */
export function verdict(
  { costIndex, earned, atCompletion }: EarnedValue,
  { complete }: Pick<ProjectStanding, 'complete'>,
  name: string,
  { locale, baseCurrency }: Pick<Reference, 'locale' | 'baseCurrency'>,
): string {
  const inMoney = (minor: number): string =>
    formatMoney({ minor, currency: baseCurrency }, locale, { currency: 'code', precision: 'whole' });
  if ('unknown' in earned) return explainUndefined(earned.unknown);
  if ('unknown' in costIndex) return explainUndefined(costIndex.unknown);
  const index = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    Number(costIndex.known),
  );
  const start = `${name} has earned ${index} for every 1 spent`;
  const { estimate, variance } = atCompletion['as-it-went'];
  if ('unknown' in estimate || 'unknown' in variance || complete === 10_000) return `${start}.`;
  const side =
    variance.known === 0
      ? 'as budgeted'
      : `${inMoney(Math.abs(variance.known))} ${variance.known < 0 ? 'over' : 'under'} its budget`;
  return `${start}. If it goes on like this it will cost ${inMoney(estimate.known)}, ${side}.`;
}

export interface CourseRow {
  readonly key: PeriodKey;
  /** From the beginning, minor units. */
  readonly planned: number;
  readonly actual: number;
  /** Null while nobody said how much is complete. */
  readonly earned: number | null;
  /** What was stated for this very period, hundredths of a percent. */
  readonly said: number | null;
}

export function courseRows(course: ProjectCourse): readonly CourseRow[] {
  return course.periods.flatMap((key): CourseRow[] => {
    const standing = standingAt(course, key);
    if (!standing.ok) return [];
    const { planned, actual } = standing.value;
    const { earned } = earnedValue(standing.value);
    const said = course.progress.complete[key] ?? null;
    return [{ key, planned, actual, earned: 'known' in earned ? earned.known : null, said }];
  });
}
