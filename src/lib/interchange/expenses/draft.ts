/** What a row says, as a draft of an expense coded by the workspace's names. (X12, X13) */
import type { Expense, ExpenseKind } from '#lib/domain/ledger/expense.ts';
import { factsKey, fingerprint } from './fingerprint.ts';
import type { HowToRead } from './decide.ts';
import type { NameFinder, NameList } from './names.ts';
import type { RowContent } from './row.ts';

/** An expense as the file states it; who imports it, when and in which batch is added on import. */
type ExpenseDraft = Omit<
  Expense,
  'id' | 'receipts' | 'batchId' | 'capturedAt' | 'capturedBy' | 'returnedReason' | 'batchLine' | 'fingerprint'
> & { readonly batchLine: number; readonly fingerprint: string };

export interface ImportedRow {
  readonly draft: ExpenseDraft;
  /** 1 for the first row with these facts in the file, 2 for its twin, and so on. */
  readonly occurrence: number;
  /** The names as the file has them; '' where it has none. */
  readonly names: Readonly<Record<NameList, string>>;
}

/** Makes the rows of one file in their order: it counts how often the same facts came. */
export function draftMaker(names: NameFinder, how: HowToRead): (content: RowContent, line: number) => ImportedRow {
  const occurrences = new Map<string, number>();
  return (content, line) => {
    const { date, currency, vendorText, description, invoiceNumber } = content;
    const { categoryText, departmentText, projectText } = content;
    const categoryId = names.find('categories', categoryText);
    const { kind, amount } = signed(content, names.isRevenue(categoryId), how);
    const key = factsKey({ ...content, amount });
    const occurrence = (occurrences.get(key) ?? 0) + 1;
    occurrences.set(key, occurrence);
    return {
      draft: {
        kind,
        date,
        amount,
        currency,
        vendorText,
        description,
        invoiceNumber,
        vendorId: names.find('vendors', vendorText),
        categoryId,
        departmentId: names.find('departments', departmentText),
        projectId: names.find('projects', projectText),
        lineId: null,
        batchLine: line,
        fingerprint: fingerprint(key, occurrence),
      },
      occurrence,
      names: { categories: categoryText, departments: departmentText, vendors: vendorText, projects: projectText },
    };
  };
}

/** Cost is money out, a credit money back, revenue money in, which a list that knows one direction writes positive. (X10) */
function signed(content: RowContent, isRevenue: boolean, how: HowToRead): { kind: ExpenseKind; amount: number } {
  const { kind, spent, written, twoWay } = content;
  if (kind === 'revenue' && written >= 0) return { kind, amount: written };
  if (kind === 'credit') return { kind, amount: 0 - Math.abs(written) };
  const income = how.spending === 'negative' || twoWay ? 0 - spent : spent;
  if (isRevenue && kind === null && income >= 0) return { kind: 'revenue', amount: income };
  return { kind: spent < 0 ? 'credit' : 'expense', amount: spent };
}
