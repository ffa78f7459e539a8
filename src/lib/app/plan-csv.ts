/** A plan as CSV: one line each, a column for every period, the same columns that an import reads. */
import type { PlannedLine } from '#lib/documents/plan.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { toDecimalText } from '#lib/domain/money/money.ts';
import { categoryTree } from '#lib/domain/organisation/category-tree.ts';
import { treeOn } from '#lib/domain/organisation/department-tree.ts';
import { writeCsv, type CsvCell } from '#lib/interchange/csv/write.ts';
import type { Reference } from './reference.ts';

export function planCsv(lines: readonly PlannedLine[], periods: readonly Period[], reference: Reference): string {
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
    ...periods.map(({ key }) => ({
      number: toDecimalText({ minor: line.phases[key] ?? 0, currency: line.currency }),
    })),
  ]);
  return writeCsv(header, rows);
}
