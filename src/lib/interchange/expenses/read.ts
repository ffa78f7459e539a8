/** All rows of a payments file as drafts, in parts, with the sums that a person checks them by. (X14 to X18) */
import { isBlank, type Table, type TableRow } from '../table/table.ts';
import type { HowToRead } from './decide.ts';
import { draftMaker, type ImportedRow } from './draft.ts';
import { fileTotals, type FileTotal, type FileTotals } from './file-total.ts';
import type { ColumnMapping } from './mapping.ts';
import { metNames, type MetName } from './met-names.ts';
import type { NameFinder, NameList } from './names.ts';
import { isProblem, rowReader, type RowContent, type RowProblem } from './row.ts';

export interface ReadContext {
  readonly names: NameFinder;
  /** The dates the import is expected to lie in, both inclusive, or null. */
  readonly period: { readonly start: string; readonly end: string } | null;
}

export interface ReadPart {
  readonly rows: readonly ImportedRow[];
  readonly done: number;
}

/** The account of a reading: every row that is not blank is counted in `rows` or stands in `setAside`. */
export interface ImportReading {
  readonly rows: number;
  readonly setAside: readonly SetAside[];
  /** Rows whose date is unknown. */
  readonly undated: number;
  /** Lines of rows dated outside the period asked for; they are read all the same. */
  readonly outside: readonly number[];
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  /** Per currency, as the file writes its amounts. */
  readonly totals: readonly FileTotal[];
  readonly names: Readonly<Record<NameList, readonly MetName[]>>;
}

interface SetAside {
  readonly line: number;
  readonly reason: RowProblem;
  /** The row as the file has it, cut at 500 characters. */
  readonly text: string;
}

export function* readExpenses(
  table: Table,
  mapping: ColumnMapping,
  how: HowToRead,
  { names, period }: ReadContext,
): Generator<ReadPart, ImportReading, void> {
  const read = rowReader(mapping, how);
  const draftOf = draftMaker(names, how);
  const totals = fileTotals();
  const met = metNames();
  const setAside: SetAside[] = [];
  const outside: number[] = [];
  let count = 0;
  let undated = 0;
  let firstDate: string | null = null;
  let lastDate: string | null = null;

  for (const batch of table.batches()) {
    const rows: ImportedRow[] = [];
    for (const row of batch.rows) {
      if (row.line <= (mapping.headerLine ?? -1) || isBlank(row)) continue;
      const content = counted(read(row), totals);
      if (isProblem(content)) {
        setAside.push({ line: row.line, reason: content, text: textOf(row) });
        continue;
      }
      const { date } = content;
      count += 1;
      if (date === null) undated += 1;
      else {
        if (period !== null && (date < period.start || date > period.end)) outside.push(row.line);
        if (firstDate === null || date < firstDate) firstDate = date;
        if (lastDate === null || date > lastDate) lastDate = date;
      }
      const imported = draftOf(content, row.line);
      met.add(imported.names);
      rows.push(imported);
    }
    yield { rows, done: batch.done };
  }
  return {
    rows: count,
    setAside,
    undated,
    outside,
    firstDate,
    lastDate,
    totals: totals.all(),
    names: met.all(names),
  };
}

/** Adds a row to the totals; a row that only sums up others, or would burst the sum, is a problem instead. */
function counted(content: RowContent | RowProblem, totals: FileTotals): RowContent | RowProblem {
  if (isProblem(content)) {
    if (content.kind !== 'total-row') return content;
    return { ...content, agrees: totals.agrees(content.currency, content.written) };
  }
  const { currency, written } = content;
  if (saysOnlyAnAmount(content) && totals.isTotal(currency, written)) {
    return { kind: 'total-row', written, currency, agrees: totals.agrees(currency, written) };
  }
  return totals.add(content) ? content : { kind: 'amount-too-large', text: String(written) };
}

function saysOnlyAnAmount(content: RowContent): boolean {
  const { date, vendorText, description, invoiceNumber, categoryText, departmentText, projectText } = content;
  return (
    content.kind === null &&
    date === null &&
    vendorText + description + invoiceNumber + categoryText + departmentText + projectText === ''
  );
}

const LONGEST_TEXT = 500;

function textOf(row: TableRow): string {
  return row.cells.join(', ').slice(0, LONGEST_TEXT);
}
