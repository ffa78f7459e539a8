/** Changing the department tree: each change is dated, checked against the whole tree, and leaves the past as it was. */
import { err, ok, type Result } from '../result.ts';
import { isClosedOn, ROOT_DEPARTMENT, versionOn, type Department, type DepartmentVersion } from './department.ts';
import { upwards } from './department-tree.ts';

type Departments = readonly Department[];

/** Why the department tree may not be changed so. */
export type DepartmentRefusal =
  | { readonly kind: 'unknown-department' }
  | { readonly kind: 'already-there' }
  | { readonly kind: 'unknown-parent'; readonly parentId: string | null }
  | { readonly kind: 'parent-closed'; readonly parentId: string; readonly from: string }
  /** From that date the department would stand below itself; null: from the beginning. */
  | { readonly kind: 'circle'; readonly date: string | null }
  /** A change dated earlier than one already recorded would rewrite history. */
  | { readonly kind: 'before-latest-change'; readonly latest: string }
  /** A first version holds since ever; every later one says from when. */
  | { readonly kind: 'date-missing' }
  | { readonly kind: 'dated-beginning'; readonly from: string }
  | { readonly kind: 'name-missing' }
  | { readonly kind: 'root-stays'; readonly what: 'top' | 'open' | 'area' };

/** The root of a new workspace. (O4) */
export function rootDepartment(name: string): Department {
  const version = { from: null, name, code: '', parentId: null, managerId: null };
  return { id: ROOT_DEPARTMENT, versions: [version], closedFrom: null, area: true };
}

/** The tree with a further department. */
export function addDepartment(
  departments: Departments,
  { id, version, area }: { readonly id: string; readonly version: DepartmentVersion; readonly area: boolean },
): Result<Departments, DepartmentRefusal> {
  if (departments.some((department) => department.id === id)) return err({ kind: 'already-there' });
  if (version.from !== null) return err({ kind: 'dated-beginning', from: version.from });
  const refusal = refuseVersion(departments, id, version);
  if (refusal) return err(refusal);
  return ok([...departments, { id, versions: [version], closedFrom: null, area }]);
}

/** The tree with a department moved, renamed or given to another manager from a date on. (O2, O3) */
export function reviseDepartment(
  departments: Departments,
  id: string,
  version: DepartmentVersion,
): Result<Departments, DepartmentRefusal> {
  const department = departments.find((candidate) => candidate.id === id);
  if (!department) return err({ kind: 'unknown-department' });
  if (version.from === null) return err({ kind: 'date-missing' });
  const latest = department.versions.at(-1)?.from ?? null;
  if (latest !== null && version.from < latest) return err({ kind: 'before-latest-change', latest });
  const refusal = refuseVersion(departments, id, version);
  if (refusal) return err(refusal);

  const kept = department.versions.filter(({ from }) => from !== version.from);
  const revised = replace(departments, { ...department, versions: [...kept, version] });
  const circle = circleFrom(revised, id, version.from);
  return circle === undefined ? ok(revised) : err({ kind: 'circle', date: circle });
}

/** The tree with a department closed from a date on, or open again with null. (O5) */
export function closeDepartment(
  departments: Departments,
  id: string,
  from: string | null,
): Result<Departments, DepartmentRefusal> {
  const department = departments.find((candidate) => candidate.id === id);
  if (!department) return err({ kind: 'unknown-department' });
  if (id === ROOT_DEPARTMENT && from !== null) return err({ kind: 'root-stays', what: 'open' });
  return ok(replace(departments, { ...department, closedFrom: from }));
}

/** The tree with a department made an area of its own, or part of the area above it. (O4) */
export function markArea(departments: Departments, id: string, area: boolean): Result<Departments, DepartmentRefusal> {
  const department = departments.find((candidate) => candidate.id === id);
  if (!department) return err({ kind: 'unknown-department' });
  if (id === ROOT_DEPARTMENT && !area) return err({ kind: 'root-stays', what: 'area' });
  return ok(replace(departments, { ...department, area }));
}

function refuseVersion(departments: Departments, id: string, version: DepartmentVersion): DepartmentRefusal | null {
  const { parentId, from } = version;
  if (version.name.trim() === '') return { kind: 'name-missing' };
  if (id === ROOT_DEPARTMENT) return parentId === null ? null : { kind: 'root-stays', what: 'top' };
  const parent = departments.find((candidate) => candidate.id === parentId);
  if (!parent || parentId === null) {
    return parentId === id ? { kind: 'circle', date: from } : { kind: 'unknown-parent', parentId };
  }
  const before = departments.find((candidate) => candidate.id === id);
  const moves = before === undefined || versionOn(before, from ?? undefined)?.parentId !== parentId;
  if (moves && parent.closedFrom !== null && isClosedOn(parent, from ?? undefined)) {
    return { kind: 'parent-closed', parentId, from: parent.closedFrom };
  }
  return null;
}

/** The first date from which `id` stands below itself, looking at every later change of any department. (O3) */
function circleFrom(departments: Departments, id: string, from: string): string | undefined {
  const laterDates = departments.flatMap(({ versions }) =>
    versions.flatMap((version) => (version.from !== null && version.from > from ? [version.from] : [])),
  );
  return [from, ...laterDates.sort()].find((date) => upwards(departments, id, date).at(-1)?.id !== ROOT_DEPARTMENT);
}

function replace(departments: Departments, changed: Department): Departments {
  return departments.map((department) => (department.id === changed.id ? changed : department));
}
