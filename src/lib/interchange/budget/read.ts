/** A budget file becomes lines with phases, checked against every total the file states. (X23 to X26) */
import type { Phases } from '#lib/domain/budget/line.ts';
import { fileTotals, type FileTotal } from '../expenses/file-total.ts';
import { isBlank, type Table } from '../table/table.ts';
import type { BudgetLayout } from './layout.ts';
import type { BudgetLineDraft, LineText } from './line-draft.ts';
import { budgetRowReader, type BudgetContext, type BudgetProblem, type Difference } from './row.ts';

export interface BudgetReading {
  readonly lines: readonly BudgetLineDraft[];
  readonly setAside: readonly { readonly line: number; readonly reason: BudgetProblem; readonly text: string }[];
  readonly differences: readonly Difference[];
  /** Per currency, the sum of all lines as the file writes them. */
  readonly totals: readonly FileTotal[];
}

export function readBudget(table: Table, layout: BudgetLayout, context: BudgetContext): BudgetReading {
  const totals = fileTotals();
  const drafts = new Map<string, Draft>();
  const setAside: { line: number; reason: BudgetProblem; text: string }[] = [];
  const differences: Difference[] = [];
  const read = budgetRowReader(layout, context, totals);
  for (const { rows } of table.batches()) {
    for (const row of rows) {
      if (row.line <= layout.headerLine || isBlank(row)) continue;
      const result = read(row);
      if ('kind' in result) {
        setAside.push({ line: row.line, reason: result, text: row.cells.join(', ').slice(0, 500) });
        continue;
      }
      differences.push(...result.differences);
      const key = layout.phases.length > 0 ? String(row.line) : JSON.stringify(result.text);
      const draft = drafts.get(key) ?? { text: result.text, fileLine: row.line, phases: new Map<string, number>() };
      drafts.set(key, draft);
      for (const [period, amount] of result.amounts) draft.phases.set(period, (draft.phases.get(period) ?? 0) + amount);
    }
  }
  return {
    lines: [...drafts.values()].map((draft) => lineOf(draft, context)),
    setAside,
    differences,
    totals: totals.all(),
  };
}

interface Draft {
  readonly text: LineText;
  readonly fileLine: number;
  /** As the file writes them. */
  readonly phases: Map<string, number>;
}

function lineOf({ text, fileLine, phases }: Draft, { spending, periods }: BudgetContext): BudgetLineDraft {
  const factor = spending === 'negative' && text.nature === 'cost' ? -1 : 1;
  const own: Phases = Object.fromEntries(
    periods.flatMap(({ key }) => {
      const amount = phases.get(key) ?? 0;
      return amount === 0 ? [] : [[key, factor * amount]];
    }),
  );
  return { ...text, fileLine, phases: own };
}
