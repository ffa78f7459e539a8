import type { Database } from './database.ts';
import type { Overview } from './overview.ts';

/** Name of the record of figures that the first screen shows. */
export const OVERVIEW = 'overview';

/** The figures of the first screen as they were last worked out; null when there are none, or they cannot be read. */
export async function storedOverview(database: Database): Promise<Overview | null> {
  try {
    return ((await database.figures.get(OVERVIEW))?.figures as Overview | undefined) ?? null;
  } catch {
    return null;
  }
}
