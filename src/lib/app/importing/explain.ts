/** Why rows of a file were set aside, and what a file adds up to, in words for the page. */
import { exactText, type FileTotal } from '#lib/interchange/expenses/file-total.ts';
import { explainProblem } from '#lib/interchange/explain.ts';

export function explainImportProblem(problem: Parameters<typeof explainProblem>[0]): string {
  return explainProblem(problem);
}

/** `GBP 14165887.28`, with every decimal that the file wrote. */
export function exactTotal(total: FileTotal): string {
  return `${total.currency} ${exactText(total)}`;
}
