/** What a row of a budget file says of its line, apart from the amounts. (X25) */
import type { BudgetLine, Phases } from '#lib/domain/budget/line.ts';
import { unguardText } from '../csv/guard.ts';
import type { NameFinder } from '../expenses/names.ts';
import { isTotalLabel } from '../expenses/total-row.ts';
import { currencyOfMark } from '../table/currency-text.ts';
import type { TableRow } from '../table/table.ts';
import { nameColumn, type BudgetLayout, type LineRole } from './layout.ts';

/** A line as the file states it; its id, order and what no file says are added on import. */
export interface BudgetLineDraft extends LineText {
  /** The line of the file it starts on. */
  readonly fileLine: number;
  readonly phases: Phases;
}

export type LineText = Pick<
  BudgetLine,
  'name' | 'nature' | 'categoryId' | 'departmentId' | 'vendorId' | 'projectId' | 'currency' | 'spend' | 'note'
>;

type LineProblem = { readonly kind: 'no-name' } | { readonly kind: 'currency-unknown'; readonly text: string };

/** Whether the row sums up others: its name is the label of a total, or it has none and another cell is. */
export function isTotalRow(row: TableRow, layout: BudgetLayout): boolean {
  const name = row.cells[nameColumn(layout) ?? -1]?.trim() ?? '';
  return isTotalLabel(name) || (name === '' && row.cells.some((cell) => isTotalLabel(cell.trim())));
}

export type LineReader = (row: TableRow) => LineText | LineProblem;

export function lineReader(layout: BudgetLayout, currency: string, names: NameFinder): LineReader {
  const nameAt = nameColumn(layout);
  const text = (row: TableRow, column: number | undefined): string =>
    column === undefined ? '' : unguardText((row.cells[column] ?? '').trim());
  return (row) => {
    const at = (role: LineRole): string => text(row, layout.columns[role]);
    const name = text(row, nameAt);
    if (name === '') return { kind: 'no-name' };
    const stated = at('currency');
    const own = stated === '' ? currency : currencyOfMark(stated, currency);
    if (own === undefined) return { kind: 'currency-unknown', text: stated };
    const categoryId = names.find('categories', at('category'));
    return {
      name,
      nature: INCOME.test(at('nature')) || names.isRevenue(categoryId) ? 'revenue' : 'cost',
      categoryId,
      departmentId: names.find('departments', at('department')),
      vendorId: names.find('vendors', at('vendor')),
      projectId: names.find('projects', at('project')),
      currency: own,
      spend: CAPITAL.test(at('spend')) ? 'capex' : 'opex',
      note: at('note'),
    };
  };
}

const INCOME =
  /^(?:revenues?|income|recharge|ertrag|erlose?|einnahmen?|recettes?|produits?|ingresos?|ricavi|opbrengsten?)$/i;
const CAPITAL = /^(?:capex|capital|cap|investition(?:en)?|investissement|inversion|yes|ja|oui|si|x|1|true)$/i;
