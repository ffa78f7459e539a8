/** Which lines of a plan a change is about: one, those of a category or department, or all that cost. */
import type { Plan, PlanLine } from '#lib/domain/scenario/plan.ts';
import { areaOf } from '#lib/domain/organisation/department-tree.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import type { Reference } from '../reference.ts';

interface Scope {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** What can be chosen: all, then categories and departments with lines, then each line. */
export function scopesOf(
  plan: Plan,
  { categories, departments }: Pick<Reference, 'categories' | 'departments'>,
): Scope[] {
  const lines = standing(plan);
  const has = (of: (line: PlanLine['line']) => string | null, id: string): boolean =>
    lines.some(({ line }) => of(line) === id);
  return [
    { value: 'cost', label: 'All cost lines' },
    ...categories
      .filter(({ id }) => has((line) => line.categoryId, id))
      .map(({ id, name }) => ({ value: `category:${id}`, label: name, hint: 'category' })),
    ...departments
      .filter(({ id }) => has((line) => line.departmentId, id))
      .map(({ id, versions }) => ({
        value: `department:${id}`,
        label: versions.at(-1)?.name ?? id,
        hint: 'department',
      })),
    ...lines.map(({ line }) => ({ value: `line:${line.id}`, label: line.name })),
  ];
}

export function linesIn(scope: string, plan: Plan): readonly PlanLine[] {
  const at = scope.indexOf(':');
  const [kind, id] = at < 0 ? [scope, ''] : [scope.slice(0, at), scope.slice(at + 1)];
  return standing(plan).filter(({ line }) => {
    if (kind === 'cost') return line.nature === 'cost';
    if (kind === 'category') return line.categoryId === id;
    return kind === 'department' ? line.departmentId === id : line.id === id;
  });
}

/** The area in whose part of a scenario a change of the line stands: the one whose plan has the line. */
export function areaOfLine({ line }: PlanLine, departments: readonly Department[]): string {
  return areaOf(departments, line.departmentId);
}

function standing({ lines }: Plan): readonly PlanLine[] {
  return lines.filter(({ line }) => !line.archived);
}
