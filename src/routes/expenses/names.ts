/** What the ids of an expense stand for, as the page writes them. */
import type { Reference } from '#lib/app/reference.ts';
import type { Coding } from '#lib/domain/ledger/coding.ts';
import { categoryTree } from '#lib/domain/organisation/category-tree.ts';
import { treeOn } from '#lib/domain/organisation/department-tree.ts';
import type { ComboOption } from '#lib/ui/form/combo-option.ts';

export interface Names {
  readonly category: (id: string | null) => string;
  readonly department: (id: string | null) => string;
  readonly project: (id: string | null) => string;
  /** The vendor's name, or the text on the paper. */
  readonly vendor: (coded: Pick<Coding, 'vendorId'> & { readonly vendorText: string }) => string;
  readonly vendorOf: (id: string) => string;
}

export function namesOf({ categories, departments, projects, vendors }: Reference): Names {
  const category = new Map([...categoryTree(categories)].map(([id, node]) => [id, node.category.name]));
  const department = new Map([...treeOn(departments)].map(([id, { name }]) => [id, name]));
  const project = new Map(projects.map(({ id, name }) => [id, name]));
  const vendor = new Map(vendors.map(({ id, name }) => [id, name]));
  return {
    category: (id) => category.get(id ?? '') ?? '',
    department: (id) => department.get(id ?? '') ?? '',
    project: (id) => project.get(id ?? '') ?? '',
    vendor: ({ vendorId, vendorText }) => vendor.get(vendorId ?? '') ?? vendorText.trim(),
    vendorOf: (id) => vendor.get(id) ?? id.replace(/^text:/, ''),
  };
}

export function departmentOptions({ departments }: Reference, date: string | null): readonly ComboOption[] {
  return [...treeOn(departments, date ?? undefined).values()]
    .filter(({ closed }) => !closed)
    .map(({ id, name, code, path }) => ({
      value: id,
      label: name,
      depth: path.length - 1,
      ...(code && { hint: code }),
    }));
}

export function vendorOptions({ vendors }: Reference): readonly ComboOption[] {
  return vendors.map(({ id, name, aliases }) => ({
    value: id,
    label: name,
    ...(aliases.length === 0 ? {} : { hint: aliases.join(', ') }),
  }));
}

export function projectOptions({ projects }: Reference): readonly ComboOption[] {
  return projects
    .filter(({ closed }) => !closed)
    .map(({ id, name, code }) => ({ value: id, label: name, ...(code && { hint: code }) }));
}
