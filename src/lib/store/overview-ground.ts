import type { Database } from './database.ts';
import type { OverviewGround } from './overview.ts';
import type { ProjectionContext } from './projection-context.ts';
import type { ProjectionMemory } from './projection-memory.ts';

/** What an overview is made from, as memory and disk have it now. */
export async function overviewGround(
  database: Database,
  memory: ProjectionMemory,
  context: ProjectionContext,
  now: string,
): Promise<OverviewGround> {
  const projections = await database.projections.toArray();
  return {
    columns: memory.columns,
    reference: memory.reference,
    context,
    lines: (version) => memory.lines(version),
    now,
    documents: {
      conflicts: await database.conflicts.count(),
      incomplete: projections.filter(({ isIncomplete }) => isIncomplete).length,
      unreadable: projections.reduce((sum, { unreadable }) => sum + unreadable.length, 0),
    },
  };
}
