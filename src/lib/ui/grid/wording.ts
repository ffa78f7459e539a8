/** Every sentence the grid says on its own. */
import type { Lock } from './locks.ts';
import type { PastePlan } from './paste.ts';
import type { SheetMode } from './sheet.ts';

/** Writes a count for the person's locale: 1,440. */
export type CountText = (count: number) => string;

/** A noun with its count: `1 line`, `120 lines`. */
export function counted(count: number, noun: string, text: CountText): string {
  return `${text(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Why typing did nothing here, and what to do instead. */
export function lockSentence(lock: Lock, mode: SheetMode, column: string, lineLock: string | undefined): string {
  switch (lock) {
    case 'mode':
      return MODES[mode];
    case 'label':
      return 'Names are changed in the details of a line.';
    case 'total':
      return 'This figure is calculated. Type into the months of a line instead.';
    case 'closed':
      return `${column} is closed. Its figures stay as they are.`;
    case 'line':
      return lineLock ?? 'This line is locked.';
  }
}

const MODES: Readonly<Record<SheetMode, string>> = {
  plan: '',
  actual: 'Actual figures come from posted expenses. Switch to Plan to type.',
  forecast: 'Posted figures and the forecast are calculated. Switch to Plan to type.',
  variance: 'A variance is calculated. Switch to Plan to type.',
};

/** What a paste will do and what it leaves out. */
export function pasteSentence(plan: PastePlan, text: CountText): string {
  const left = [
    plan.unread.length > 0 ? `${text(plan.unread.length)} could not be read` : '',
    skipped(plan.skipped.closed, 'in a closed month', text),
    skipped(plan.skipped.line, 'in a locked line', text),
    skipped(plan.skipped.total, 'in calculated columns', text),
    skipped(plan.skipped.mode, 'in figures that nobody types', text),
    skipped(plan.outside, 'beyond the last line or column', text),
    unnamed(plan.unnamed, text),
  ].filter((part) => part !== '');
  const head = `Paste ${counted(plan.values, 'value', text)} into ${counted(plan.lines, 'line', text)}`;
  return left.length === 0 ? `${head}.` : `${head}; ${left.join(', ')}.`;
}

/** The first figures that could not be read, and where they would have gone. */
export function unreadSentences(plan: PastePlan, most: number): readonly string[] {
  return plan.unread
    .slice(0, most)
    .map(({ text, line, column, why }) => `${line}, ${column}, “${text.trim()}”: ${why}`);
}

/** What an action did, with what it left out. */
export function doneSentence(label: string, skippedCells: number, text: CountText): string {
  if (skippedCells === 0) return `${label}.`;
  return `${label}. ${text(skippedCells)} that cannot be written ${skippedCells === 1 ? 'was' : 'were'} left as ${skippedCells === 1 ? 'it was' : 'they were'}.`;
}

export interface Spoken {
  readonly label: string;
  /** Long name of the column; empty for the label column. */
  readonly column: string;
  readonly figure: string;
  /** What the app adds: `8 percent over plan`. */
  readonly detail: string;
  readonly expanded: boolean | null;
  readonly editors: readonly string[];
  readonly comments: number;
  readonly conflict: boolean;
}

/** What is read out when the cursor comes to a cell. */
export function spokenCell(cell: Spoken): string {
  return [
    cell.label,
    cell.column,
    cell.column === '' ? '' : cell.figure || 'empty',
    cell.detail,
    cell.column === '' && cell.expanded !== null ? (cell.expanded ? 'expanded' : 'folded') : '',
    ...cell.editors,
    cell.comments > 0 ? (cell.comments === 1 ? '1 comment' : `${cell.comments} comments`) : '',
    cell.conflict ? 'two values, Alt+Enter to choose' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function skipped(count: number, where: string, text: CountText): string {
  return count === 0 ? '' : `${text(count)} ${count === 1 ? 'is' : 'are'} ${where} and will be skipped`;
}

function unnamed(names: readonly string[], text: CountText): string {
  if (names.length === 0) return '';
  if (names.length === 1) return `no line here is called “${names[0] ?? ''}”`;
  return `${text(names.length)} names are not among the lines here`;
}
