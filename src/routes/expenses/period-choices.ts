import type { Reference } from '#lib/app/reference.ts';
import { periodByKey, periodLabel, periodsOfYear, yearLabel } from '#lib/domain/fiscal/period.ts';
import type { Choice } from '#lib/ui/form/choice.ts';

/** Periods to choose from, those of three fiscal years; keys that an address names are among them. */
export function periodChoices(
  { calendar, locale }: Pick<Reference, 'calendar' | 'locale'>,
  year: number,
  named: readonly (string | null)[] = [],
): readonly Choice<string>[] {
  const years = new Set([year, year - 1, year - 2]);
  for (const key of named) {
    const period = key === null ? undefined : periodByKey(calendar, key);
    if (period !== undefined) years.add(period.fiscalYear);
  }
  return [...years]
    .sort((a, b) => b - a)
    .flatMap((each) =>
      periodsOfYear(calendar, each).map((period) => ({
        value: period.key,
        label: periodLabel(period, locale),
        group: yearLabel(calendar, each),
      })),
    );
}
