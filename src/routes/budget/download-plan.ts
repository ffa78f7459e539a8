import { planCsv } from '#lib/app/plan-csv.ts';
import type { Reference } from '#lib/app/reference.ts';
import { saveFile } from '#lib/app/save-file.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { PlannedLine } from './budget-view.ts';

/** The plan as a CSV file. The mark at its start tells a spreadsheet that the text is UTF-8. */
export function downloadPlan(
  version: BudgetVersion,
  lines: readonly PlannedLine[],
  periods: readonly Period[],
  reference: Reference,
): void {
  const text = `\uFEFF${planCsv(lines, periods, reference)}`;
  saveFile(`${version.name}.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));
}
