/** A plan as CSV: one line each, a column for every period, the same columns that an import reads. */
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { toDecimalText } from '#lib/domain/money/money.ts';
import { categoryTree } from '#lib/domain/organisation/category-tree.ts';
import { treeOn } from '#lib/domain/organisation/department-tree.ts';
import { writeCsv, type CsvCell } from '#lib/interchange/csv/write.ts';
import type { Reference } from './reference.ts';

/** A line whose formula gives no figures says so in every month: nothing is not zero. (B13) */
export function planCsv(lines: readonly EffectiveLine[], periods: readonly Period[], reference: Reference): string {
  const categories = categoryTree(reference.categories);
  const departments = treeOn(reference.departments);
  const vendors = new Map(reference.vendors.map(({ id, name }) => [id, name]));
  const header = ['Line', 'Category', 'Department', 'Vendor', 'Nature', 'Currency', ...periods.map(({ key }) => key)];
  const rows = lines.map((line): CsvCell[] => [
    { text: line.name },
    { text: categories.get(line.categoryId ?? '')?.category.name ?? '' },
    { text: departments.get(line.departmentId ?? '')?.name ?? '' },
    { text: vendors.get(line.vendorId ?? '') ?? '' },
    { text: line.nature },
    { text: line.currency },
    ...periods.map(({ key }) =>
      line.fault === undefined
        ? { number: toDecimalText({ minor: line.phases[key] ?? 0, currency: line.currency }) }
        : { text: 'no figures' },
    ),
  ]);
  return writeCsv(header, rows);
}
