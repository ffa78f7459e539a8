import type { Database } from './database.ts';

/** Goes up whenever what the derived tables hold, or how, changes: they are then made again from the log. */
export const PROJECTION_FORMAT = 4;

/** Name of the record that counts the steps of the projections. */
const STEPS = 'steps';

/** How many steps are on disk; null when what is there was derived by another version of the app, or nothing is. */
export async function stepsOn(database: Database): Promise<number | null> {
  const steps = await database.figures.get(STEPS);
  return steps?.format === PROJECTION_FORMAT ? (steps.figures as number) : null;
}

export async function noteSteps(database: Database, number: number): Promise<void> {
  await database.figures.put({ name: STEPS, format: PROJECTION_FORMAT, figures: number });
}

/** Forgets projections of another format, so that everything is projected again. (S22) */
export async function dropOtherFormat(database: Database): Promise<void> {
  const { projections, trails, columns, lines, reference, conflicts, figures } = database;
  const derived = [projections, trails, columns, lines, reference, conflicts, figures];
  await database.transaction('rw', derived, async () => {
    if ((await stepsOn(database)) !== null) return;
    for (const table of derived) await table.clear();
    await noteSteps(database, 0);
  });
}
