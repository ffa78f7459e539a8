/** The lines a person chose to import, complete. (X26) */
import type { BudgetLine, Phases } from '#lib/domain/budget/line.ts';
import type { BudgetLineDraft } from './line-draft.ts';

export interface ImportedLine {
  readonly line: BudgetLine;
  readonly phases: Phases;
}

/** In the file's order, behind the lines that stand already: `firstOrder` is one more than their highest. */
export function budgetLinesOf(
  drafts: readonly BudgetLineDraft[],
  { newId, firstOrder }: { readonly newId: () => string; readonly firstOrder: number },
): readonly ImportedLine[] {
  return drafts.map(({ fileLine: _fileLine, phases, ...text }, i) => ({
    line: {
      ...text,
      id: newId(),
      objectiveId: null,
      ownerId: null,
      purpose: 'unclassified',
      archived: false,
      order: firstOrder + i,
    },
    phases,
  }));
}
