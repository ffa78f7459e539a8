/** Where the header stands, or that there is none; what stands above it is a preamble. (X5) */
import { isDate, isNumber } from './content.ts';
import { headerWords, roleWords } from './role.ts';
import { isBlank, type TableRow } from './table.ts';

export interface Header {
  /** The line of the header row; null when the file has none. */
  readonly line: number | null;
  /** Column names; `Column 1` and so on when the file has no header or the cell is empty. */
  readonly names: readonly string[];
}

/** `head`: the first rows of the file, blank ones included. */
export function findHeader(head: readonly TableRow[]): Header {
  const rows = head.filter((row) => !isBlank(row) && !row.broken);
  const row = namedHeader(rows) ?? unknownHeader(rows);
  const width = Math.max(row === undefined ? 0 : lastFilled(row), commonWidth(rows, row));
  const names = Array.from({ length: width }, (_, i) => {
    const name = row?.cells[i]?.replace(/\s+/g, ' ').trim() ?? '';
    return name === '' ? `Column ${i + 1}` : name;
  });
  return { line: row?.line ?? null, names };
}

/** What a tenth of the rows fill; beside a header at least two: one cell too many makes no column. */
function commonWidth(rows: readonly TableRow[], header: TableRow | undefined): number {
  const widths = rows.filter((row) => row.line > (header?.line ?? 0)).map(lastFilled);
  widths.sort((a, b) => b - a);
  const tenth = Math.floor(widths.length / 10);
  return widths[header === undefined ? tenth : Math.max(1, tenth)] ?? 0;
}

const ROWS_A_PREAMBLE_MAY_HAVE = 50;
const known: ReadonlySet<string> = new Set(Object.values(roleWords).flat());

/** The row with the most words known of headers, if it has two of them (one in a narrow table) and no figures. */
function namedHeader(rows: readonly TableRow[]): TableRow | undefined {
  let best: TableRow | undefined;
  let most = 0;
  for (const row of rows.slice(0, ROWS_A_PREAMBLE_MAY_HAVE)) {
    const cells = filledCells(row);
    if (cells.some((cell) => isDate(cell) || isNumber(cell))) continue;
    const hits = cells.filter((cell) => known.has(headerWords(cell))).length;
    if (hits > most && (hits >= 2 || cells.length <= 3)) [best, most] = [row, hits];
  }
  return best;
}

/** A row of words only, as wide as the rows below it, right above the first row with figures. */
function unknownHeader(rows: readonly TableRow[]): TableRow | undefined {
  const first = rows.findIndex((row) => filledCells(row).some((cell) => isDate(cell) || isNumber(cell)));
  const above = rows[first - 1];
  const data = rows[first];
  if (above === undefined || data === undefined) return undefined;
  return lastFilled(above) >= 2 && lastFilled(above) >= lastFilled(data) - 1 ? above : undefined;
}

function filledCells(row: TableRow): readonly string[] {
  return row.cells.filter((cell) => cell.trim() !== '');
}

/** The width up to the last filled cell. */
function lastFilled(row: TableRow): number {
  return row.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}
