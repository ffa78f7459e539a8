import { openPlan } from '#lib/documents/documents.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { planNames } from '../area-documents.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** The lines of a version that are not archived, and by line the area whose part holds it. */
export async function planLines(
  workspace: Workspace,
  { departments }: Reference,
  version: string,
): Promise<{ readonly lines: readonly PlannedLine[]; readonly areas: ReadonlyMap<string, string> }> {
  const lines: PlannedLine[] = [];
  const areas = new Map<string, string>();
  for (const name of planNames(version, departments)) {
    const read = await workspace.edit(name, (doc) => [...openPlan(doc).lines.all()]);
    const area = name.split('/')[2] ?? '';
    for (const line of read.ok ? read.value : []) {
      if (line.archived) continue;
      lines.push(line);
      areas.set(line.id, area);
    }
  }
  return { lines, areas };
}
