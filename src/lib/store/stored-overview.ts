/** The figures of the first screen: one record, read before anything else. */
import type { Database } from './database.ts';
import type { Overview } from './overview.ts';
import { PROJECTION_FORMAT } from './projection-format.ts';

const OVERVIEW = 'overview';

/** The figures as they were last worked out; null when there are none, or they cannot be read. */
export async function storedOverview(database: Database): Promise<Overview | null> {
  try {
    const stored = await database.figures.get(OVERVIEW);
    return stored?.format === PROJECTION_FORMAT ? (stored.figures as Overview) : null;
  } catch {
    return null;
  }
}

export async function keepOverview(database: Database, overview: Overview): Promise<void> {
  await database.figures.put({ name: OVERVIEW, format: PROJECTION_FORMAT, figures: overview });
}
