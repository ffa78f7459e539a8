/** The rows of a list as CSV, in their order: what Outlay reads back and a spreadsheet opens safely. */
import { categoryTree } from '#lib/domain/organisation/category-tree.ts';
import { treeOn } from '#lib/domain/organisation/department-tree.ts';
import { exportExpenses, type ExportedExpense } from '#lib/interchange/expenses/export.ts';
import type { ExpenseRow } from '#lib/store/expense-row.ts';
import type { ExpenseQuestion } from './expense-list.svelte.ts';
import type { Reader } from './reader.ts';
import type { Reference } from './reference.ts';

const ROWS_AT_ONCE = 2000;

/** `onprogress` hears of every part; a reversal is written as what it takes away. */
export async function expensesCsv(
  reader: Pick<Reader, 'list' | 'rowsByIds'>,
  reference: Reference,
  question: ExpenseQuestion,
  onprogress: (done: number, of: number) => void = () => undefined,
): Promise<string> {
  const { ids } = await reader.list({ ...question, offset: 0, limit: Number.MAX_SAFE_INTEGER });
  const toExport = exporter(reference);
  const exported: ExportedExpense[] = [];
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
    const rows = await reader.rowsByIds(ids.slice(at, at + ROWS_AT_ONCE));
    exported.push(...rows.flatMap((row) => toExport(row) ?? []));
    onprogress(Math.min(at + ROWS_AT_ONCE, ids.length), ids.length);
  }
  return exportExpenses(exported);
}

function exporter({
  categories,
  departments,
  projects,
  vendors,
}: Reference): (row: ExpenseRow) => ExportedExpense | null {
  const category = categoryTree(categories);
  const department = treeOn(departments);
  const project = new Map(projects.map(({ id, name }) => [id, name]));
  const vendor = new Map(vendors.map(({ id, name }) => [id, name]));
  return ({ entry, expense }) => {
    const stated = entry ?? expense;
    if (stated === null) return null;
    const { date, amount, currency, description, invoiceNumber } = stated;
    const isRevenue = entry === null ? stated.kind === 'revenue' : entry.nature === 'revenue';
    return {
      date,
      kind: isRevenue ? 'revenue' : amount < 0 ? 'credit' : 'expense',
      amount,
      currency,
      description,
      invoiceNumber,
      vendorText: vendor.get(stated.vendorId ?? '') ?? stated.vendorText,
      category: category.get(stated.categoryId ?? '')?.path.join(' / ') ?? '',
      department: department.get(stated.departmentId ?? '')?.name ?? '',
      project: project.get(stated.projectId ?? '') ?? '',
    };
  };
}
