/** Refusals and set-aside rows as sentences: what was found, what is safe, what to do next. */
import type { BackupRefusal } from './backup/backup.ts';
import type { LayoutRefusal } from './budget/layout.ts';
import type { BudgetProblem } from './budget/row.ts';
import type { FileKind } from './csv/encoding.ts';
import type { RowProblem } from './expenses/row.ts';
import type { FileRefusal } from './file.ts';

export function explainRefusal(refusal: FileRefusal | LayoutRefusal | BackupRefusal): string {
  switch (refusal.kind) {
    case 'empty-file':
      return 'The file is empty. Nothing was changed.';
    case 'too-large-file':
      return `The file is ${megabytes(refusal.bytes)}; files up to ${megabytes(refusal.limit)} can be imported. Export it in parts, by month or by year, and import them one after the other. Nothing was changed.`;
    case 'not-text':
      return `${kindNames[refusal.looksLike]} Nothing was changed.`;
    case 'no-records':
      return refusal.isJson
        ? 'The file is JSON but holds no list of records. Nothing was changed.'
        : 'The file starts like JSON but breaks off or is malformed. Export it again. Nothing was changed.';
    case 'no-budget-header':
      return 'No header with months, quarters or a total was found. The first row should name the columns, such as Line, Department, Jan, Feb.';
    case 'no-line-names':
      return `None of the columns (${listOf(refusal.names)}) names the budget lines. Give the column with their names the header Line.`;
    case 'no-amounts':
      return `None of the columns (${listOf(refusal.names)}) holds amounts of this fiscal year. Headers such as Jan 27, 2027-01, P01, Q1 or Total are understood.`;
    case 'not-a-backup':
      return 'This is not a backup of Outlay. Nothing was restored.';
    case 'newer-backup':
      return `This backup was written by a newer version of Outlay (format ${refusal.version}; this one reads up to ${refusal.known}). Update Outlay and try again. Nothing was restored.`;
    case 'truncated-backup':
      return `The backup is incomplete: ${refusal.found} of ${refusal.expected} bytes are there. Copy or download it again. Nothing was restored.`;
    case 'damaged-backup':
      return `The backup was changed after it was written: ${refusal.part} does not match its checksum. Use another copy. Nothing was restored.`;
  }
}

/** Why a row was set aside. */
export function explainProblem(problem: RowProblem | BudgetProblem): string {
  switch (problem.kind) {
    case 'quotes-broken':
      return 'A quotation mark opens in this line and does not close properly.';
    case 'too-many-cells':
      return `It has ${problem.cells} cells, the header ${problem.columns}: a text probably holds the delimiter without quotation marks.`;
    case 'amount-missing':
      return 'It has no amount.';
    case 'amount-unreadable':
      return `The amount "${problem.text}" is not a number.`;
    case 'amount-too-large':
      return `The amount "${problem.text}" is too large to be added up exactly.`;
    case 'date-unreadable':
      return `The date "${problem.text}" is not a day of the calendar in the order chosen.`;
    case 'currency-unknown':
      return `The currency "${problem.text}" is not known.`;
    case 'direction-unreadable':
      return `"${problem.text}" says neither debit nor credit.`;
    case 'period-unreadable':
      return `The period "${problem.text}" is not a month, period, quarter or year.`;
    case 'other-year':
      return `The period "${problem.text}" lies outside the fiscal year of this budget.`;
    case 'no-name':
      return 'It has amounts but no name for the line.';
    case 'total-row':
      return problem.agrees
        ? 'It is a total; it agrees with the rows above it.'
        : 'It is a total; it does not agree with the rows above it.';
    case 'header-again':
      return 'It repeats the header.';
    case 'note':
      return 'It is a note without figures.';
  }
}

const kindNames: Readonly<Record<FileKind, string>> = {
  excel: 'This is an Excel workbook. Save the sheet as CSV and import that.',
  'old-excel': 'This is an old Excel workbook or Word document. Save the sheet as CSV and import that.',
  pdf: 'This is a PDF. Ask for the figures as CSV.',
  picture: 'This is a picture. It can be attached to an expense as its receipt.',
  archive: 'This is a compressed archive. Unpack it and import the file inside.',
  unknown: 'The file does not contain text that can be read as a table.',
};

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

function listOf(names: readonly string[]): string {
  return names.filter((name) => name !== '').join(', ');
}
