import type { Department, DepartmentVersion } from '#lib/domain/organisation/department.ts';

/** A department that stands since ever, below the root unless said otherwise. */
export function makeDepartment(
  id: string,
  {
    parentId = id === 'root' ? null : 'root',
    area = id === 'root',
    ...rest
  }: Partial<DepartmentVersion> & { area?: boolean } = {},
): Department {
  const version = { from: null, name: id.toUpperCase(), code: '', managerId: null, ...rest, parentId };
  return { id, versions: [version], closedFrom: null, area };
}
