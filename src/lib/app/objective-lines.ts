/** What an objective costs: the budget lines tied to it, by themselves or through their project. */
import { lineTotal } from '#lib/domain/budget/line.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { safeSum, type Money } from '#lib/domain/money/money.ts';
import type { Reader } from './reader.ts';
import type { Reference } from './reference.ts';

export interface ObjectiveLines {
  readonly version: BudgetVersion;
  readonly lines: readonly ObjectiveLine[];
  /** Of all lines; null where they are in several currencies or too large to add up. */
  readonly total: Money | null;
}

interface ObjectiveLine {
  readonly id: string;
  readonly name: string;
  /** Null where its amounts are too large to add up, or its formula gives none. */
  readonly total: Money | null;
  /** The project that ties it; null when the line names the objective itself. */
  readonly project: string | null;
}

/** By version, the latest first; versions without such a line, and those put away, are left out. */
export async function linesOfObjective(
  reader: Pick<Reader, 'lines'>,
  { versions, projects }: Pick<Reference, 'versions' | 'projects'>,
  objective: string,
): Promise<readonly ObjectiveLines[]> {
  const tied = new Map(
    projects.flatMap((each) => (each.objectiveId === objective ? [[each.id, each.name] as const] : [])),
  );
  const found: ObjectiveLines[] = [];
  for (const version of versions.toReversed()) {
    if (version.archived) continue;
    const lines = (await reader.lines(version.id)).flatMap((line): ObjectiveLine[] => {
      const isNamed = line.objectiveId === objective;
      const project = isNamed || line.projectId === null ? null : (tied.get(line.projectId) ?? null);
      if (line.archived || (!isNamed && project === null)) return [];
      const total = lineTotal(line.currency, line.phases);
      const money = total.ok && line.fault === undefined ? { minor: total.value, currency: line.currency } : null;
      return [{ id: line.id, name: line.name, total: money, project }];
    });
    if (lines.length > 0) found.push({ version, lines, total: totalOf(lines) });
  }
  return found;
}

function totalOf(lines: readonly ObjectiveLine[]): Money | null {
  const amounts = lines.flatMap(({ total }) => total ?? []);
  const [first] = amounts;
  const isOneCurrency = amounts.every(({ currency }) => currency === first?.currency);
  if (first === undefined || amounts.length < lines.length || !isOneCurrency) return null;
  const added = safeSum(first.currency, amounts);
  return added.ok ? added.value : null;
}
