/** The department tree as it stands on a date: for pickers, reports and the question whose area something is in. */
import { isClosedOn, ROOT_DEPARTMENT, versionOn, type Department } from './department.ts';

export interface DepartmentNode {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly managerId: string | null;
  /** Null only for the root. */
  readonly parentId: string | null;
  /** Names from the root down to this one. */
  readonly path: readonly string[];
  /** Id of the department whose area it is in. */
  readonly area: string;
  readonly closed: boolean;
  readonly children: readonly DepartmentNode[];
}

/**
 * Every department by id, parents before children and siblings by code, then name. Without a date: as last recorded.
 * (O6)
 */
export function treeOn(departments: readonly Department[], date?: string): ReadonlyMap<string, DepartmentNode> {
  const childrenOf = groupByParent(departments, date);
  const nodes = new Map<string, DepartmentNode>();

  const place = (department: Department, above: DepartmentNode | null): DepartmentNode => {
    const version = versionOn(department, date);
    const name = version?.name ?? department.id;
    const children: DepartmentNode[] = [];
    const node: DepartmentNode = {
      id: department.id,
      name,
      code: version?.code ?? '',
      managerId: version?.managerId ?? null,
      parentId: above?.id ?? null,
      path: [...(above?.path ?? []), name],
      area: department.area || above === null ? department.id : above.area,
      closed: isClosedOn(department, date),
      children,
    };
    nodes.set(department.id, node);
    for (const child of childrenOf.get(department.id) ?? []) children.push(place(child, node));
    return node;
  };

  const root = departmentOf(departments, ROOT_DEPARTMENT);
  if (root) place(root, null);
  return nodes;
}

/** Names from the root down to a department; empty when it is not known. */
export function pathOf(departments: readonly Department[], id: string, date?: string): readonly string[] {
  const names = upwards(departments, id, date).map((department) => versionOn(department, date)?.name ?? department.id);
  return names.reverse();
}

/** The department whose area something coded to `id` is in. (O4) */
export function areaOf(departments: readonly Department[], id: string | null, date?: string): string {
  if (id === null) return ROOT_DEPARTMENT;
  return upwards(departments, id, date).find(({ area }) => area)?.id ?? ROOT_DEPARTMENT;
}

/** A department and those above it up to the root. Ends where a parent is missing or comes round again. */
export function upwards(departments: readonly Department[], id: string, date?: string): Department[] {
  const way: Department[] = [];
  let department = departmentOf(departments, id);
  while (department && !way.includes(department)) {
    way.push(department);
    department = departmentOf(departments, versionOn(department, date)?.parentId ?? null);
  }
  return way;
}

/** A department by its id; undefined for null and when it is not known. */
export function departmentOf(departments: readonly Department[], id: string | null): Department | undefined {
  let byId = indexes.get(departments);
  if (!byId) {
    byId = new Map(departments.map((department) => [department.id, department]));
    indexes.set(departments, byId);
  }
  return id === null ? undefined : byId.get(id);
}

/** Trees are values that are replaced as a whole, so an index of one holds as long as the tree is there. */
const indexes = new WeakMap<readonly Department[], ReadonlyMap<string, Department>>();

function groupByParent(departments: readonly Department[], date?: string): ReadonlyMap<string, Department[]> {
  const groups = new Map<string, Department[]>();
  for (const department of departments) {
    if (department.id === ROOT_DEPARTMENT) continue;
    const attached = upwards(departments, department.id, date).at(-1)?.id === ROOT_DEPARTMENT;
    const parentId = attached ? (versionOn(department, date)?.parentId ?? ROOT_DEPARTMENT) : ROOT_DEPARTMENT;
    const siblings = groups.get(parentId);
    if (siblings) siblings.push(department);
    else groups.set(parentId, [department]);
  }
  for (const siblings of groups.values()) siblings.sort((a, b) => bySiblingOrder(a, b, date));
  return groups;
}

const collator = new Intl.Collator('en', { numeric: true });

function bySiblingOrder(a: Department, b: Department, date?: string): number {
  const left = versionOn(a, date);
  const right = versionOn(b, date);
  return (
    collator.compare(left?.code ?? '', right?.code ?? '') ||
    collator.compare(left?.name ?? '', right?.name ?? '') ||
    collator.compare(a.id, b.id)
  );
}
