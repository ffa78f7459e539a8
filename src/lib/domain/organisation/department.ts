/** The dated department tree. Ids are permanent; moves and renames add a dated version and never rewrite history. */
export interface Department {
  readonly id: string;
  /** In date order, the first from the department's beginning; each holds until the next one's `from`. */
  readonly versions: readonly DepartmentVersion[];
  /** ISO date from which nothing new may be coded to it; null while it stands. */
  readonly closedFrom: string | null;
  /** Whether it is a boundary of rights: the top of an area, with everything below it down to the next mark. */
  readonly area: boolean;
}

export interface DepartmentVersion {
  /** ISO date this version holds from; null for the first: since ever. */
  readonly from: string | null;
  readonly name: string;
  readonly code: string;
  /** Null only for the root. */
  readonly parentId: string | null;
  readonly managerId: string | null;
}

/** The root department, which every workspace has and which is always an area. */
export const ROOT_DEPARTMENT = 'root';

/** The version that holds on an ISO date; the latest recorded one, even if dated in the future, without a date. (O2) */
export function versionOn(department: Department, date?: string): DepartmentVersion | undefined {
  if (date === undefined) return department.versions.at(-1);
  return department.versions.findLast(({ from }) => from === null || from <= date);
}

/** Whether nothing new may be coded to it on that date; without a date, whether it is closed at all. (O5) */
export function isClosedOn(department: Department, date?: string): boolean {
  return department.closedFrom !== null && (date === undefined || department.closedFrom <= date);
}
