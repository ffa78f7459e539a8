/** The budget lines that money of a date can be booked to. */
import type { BudgetLine } from '#lib/domain/budget/line.ts';
import { fiscalYearOf } from '#lib/domain/fiscal/period.ts';
import type { Reader } from './reader.ts';
import type { Reference } from './reference.ts';

/** Those of the latest budget of the fiscal year that the date lies in, else of its latest forecast; none without one. */
export async function linesOn(
  reader: Pick<Reader, 'lines'>,
  { versions, calendar }: Pick<Reference, 'versions' | 'calendar'>,
  date: string,
): Promise<readonly BudgetLine[]> {
  const year = fiscalYearOf(calendar, date);
  const ofYear = versions.filter(({ fiscalYear, archived }) => fiscalYear === year && !archived);
  const version = ofYear.findLast(({ kind }) => kind === 'budget') ?? ofYear.at(-1);
  if (version === undefined) return [];
  return (await reader.lines(version.id)).filter(({ archived }) => !archived);
}

/** The name of a line, whichever version it stands in; undefined when none does. */
export async function lineNamed(
  reader: Pick<Reader, 'lines'>,
  { versions }: Pick<Reference, 'versions'>,
  id: string,
): Promise<string | undefined> {
  for (const version of versions.toReversed()) {
    const line = (await reader.lines(version.id)).find((each) => each.id === id);
    if (line !== undefined) return line.name;
  }
  return undefined;
}
