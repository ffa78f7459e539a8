/** Which documents hold the parts of a plan version: one for each area. */
import type { Department } from '#lib/domain/organisation/department.ts';
import { ROOT_DEPARTMENT } from '#lib/domain/organisation/department.ts';
import { areaOf } from '#lib/domain/organisation/department-tree.ts';

export function planName(version: string, area: string = ROOT_DEPARTMENT): string {
  return `plan/${version}/${area}`;
}

/** The document names of a version, the root area's first. */
export function planNames(version: string, departments: readonly Department[]): string[] {
  const areas = departments.filter(({ area }) => area).map(({ id }) => id);
  return [...new Set([ROOT_DEPARTMENT, ...areas])].map((area) => planName(version, area));
}

/** Lines by the document of a version that they belong in: the part of their department's area. */
export function byPlanPart<Line extends { readonly departmentId: string | null }>(
  version: string,
  departments: readonly Department[],
  lines: readonly Line[],
): ReadonlyMap<string, readonly Line[]> {
  return Map.groupBy(lines, ({ departmentId }) => planName(version, areaOf(departments, departmentId)));
}
