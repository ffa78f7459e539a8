/** The filters that hold, each in words and removable. */
import type { ExpenseFilters, FilterList } from '#lib/app/expense-filters.ts';
import type { Reference } from '#lib/app/reference.ts';
import { periodByKey, periodLabel } from '#lib/domain/fiscal/period.ts';
import { categoryTree, type CategoryNode } from '#lib/domain/organisation/category-tree.ts';
import type { FilterChip } from '#lib/ui/list/filter-chip.ts';
import type { Names } from './names.ts';

export interface ChipGround {
  readonly reference: Reference;
  readonly names: Names;
  /** Names of budget lines and imports, as far as they are known. */
  readonly lineName: (id: string) => string | undefined;
  readonly batchName: (id: string) => string | undefined;
}

const LABELS: Readonly<Record<FilterList, string>> = {
  vendor: 'Vendor',
  category: 'Category',
  department: 'Department',
  project: 'Project',
  line: 'Budget line',
  batch: 'Import',
};

export function chipsOf(filters: ExpenseFilters, ground: ChipGround): readonly FilterChip[] {
  const { lists, from, to, nature, undated } = filters;
  const chips: FilterChip[] = (Object.keys(LABELS) as FilterList[]).flatMap((list) => {
    const ids = lists[list];
    return ids === undefined ? [] : [{ id: list, label: LABELS[list], value: valueOf(list, ids, ground) }];
  });
  const { calendar, locale } = ground.reference;
  const name = (key: string): string => {
    const period = periodByKey(calendar, key);
    return period === undefined ? key : periodLabel(period, locale);
  };
  if (from !== null || to !== null) {
    const value =
      from === to && from !== null
        ? name(from)
        : from === null
          ? `up to ${name(to ?? '')}`
          : to === null
            ? `from ${name(from)}`
            : `${name(from)} to ${name(to)}`;
    chips.push({ id: 'period', label: 'Period', value });
  }
  if (nature !== null) chips.push({ id: 'nature', label: 'Nature', value: nature === 'cost' ? 'Cost' : 'Revenue' });
  if (undated) chips.push({ id: 'undated', label: 'Date', value: 'unknown' });
  return chips;
}

/** The filters without the one that a chip stands for. */
export function withoutChip(filters: ExpenseFilters, { id }: FilterChip): ExpenseFilters {
  if (id === 'period') return { ...filters, from: null, to: null };
  if (id === 'nature') return { ...filters, nature: null };
  if (id === 'undated') return { ...filters, undated: false };
  return { ...filters, lists: Object.fromEntries(Object.entries(filters.lists).filter(([list]) => list !== id)) };
}

/** A category with everything below it, as a filter names them. */
export function categoryWithBelow(reference: Reference, id: string): readonly string[] {
  const node = categoryTree(reference.categories).get(id);
  return node === undefined ? [id] : idsBelow(node);
}

function valueOf(list: FilterList, ids: readonly string[], ground: ChipGround): string {
  if (list === 'category') {
    const whole = wholeCategory(ids, ground.reference);
    if (whole !== undefined) return whole;
  }
  const known = ids.map((id) => (id === '' ? NOT_SAID : nameIn(list, id, ground)));
  return known.length <= 2 ? known.join(', ') : `${known[0] ?? ''} and ${known.length - 1} more`;
}

const NOT_SAID = 'not said';

/** The name of the one category that these ids are all of, with what is below it. */
function wholeCategory(ids: readonly string[], { categories }: Reference): string | undefined {
  const wanted = new Set(ids);
  const tree = categoryTree(categories);
  const top = ids.map((id) => tree.get(id)).find((node) => node !== undefined && idsBelow(node).length === wanted.size);
  return top !== undefined && idsBelow(top).every((id) => wanted.has(id)) ? top.category.name : undefined;
}

function idsBelow({ category, children }: CategoryNode): readonly string[] {
  return [category.id, ...children.flatMap(idsBelow)];
}

function nameIn(list: FilterList, id: string, { names, lineName, batchName }: ChipGround): string {
  switch (list) {
    case 'vendor':
      return names.vendorOf(id);
    case 'category':
      return names.category(id) || UNKNOWN;
    case 'department':
      return names.department(id) || UNKNOWN;
    case 'project':
      return names.project(id) || UNKNOWN;
    case 'line':
      return lineName(id) ?? UNKNOWN;
    case 'batch':
      return batchName(id) ?? UNKNOWN;
  }
}

const UNKNOWN = 'not on this device';
