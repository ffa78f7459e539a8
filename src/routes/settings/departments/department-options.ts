import type { Department } from '#lib/domain/organisation/department.ts';
import { treeOn } from '#lib/domain/organisation/department-tree.ts';
import type { ComboOption } from '#lib/ui/form/combo-option.ts';

/** The departments that something can be put below on a date: open ones, without a branch of their own. */
export function departmentOptions(
  departments: readonly Department[],
  date: string,
  withoutBranch: string | null = null,
): readonly ComboOption[] {
  const nodes = treeOn(departments, date);
  const isBelow = (id: string | null): boolean => {
    if (withoutBranch === null || id === null) return false;
    return id === withoutBranch || isBelow(nodes.get(id)?.parentId ?? null);
  };
  return [...nodes.values()]
    .filter(({ id, closed }) => !closed && !isBelow(id))
    .map(({ id, name, path }) => ({
      value: id,
      label: name,
      hint: path.slice(0, -1).join(' › '),
      depth: path.length - 1,
    }));
}
