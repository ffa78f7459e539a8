/** A foreign file read as numbered rows of text cells, whatever its syntax. */
export interface Table {
  /**
   * The rows from the start, in file order and in batches, so that no more than one batch is in memory. May be called
   * as often as needed; each call reads anew.
   */
  readonly batches: () => Iterable<RowBatch>;
  /** The currency the file states outside its rows (metadata), as an ISO 4217 code, or null. */
  readonly currency: string | null;
}

export interface RowBatch {
  readonly rows: readonly TableRow[];
  /** The share of the file read so far, 0 to 1. */
  readonly done: number;
}

export interface TableRow {
  /** 1-based line of the file on which the row starts; the record's number where a file has no lines. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether its quotation marks do not pair: then `cells` holds the whole line as one text. (X3) */
  readonly broken: boolean;
}

/** The first `count` rows. */
export function headOf(table: Table, count: number): readonly TableRow[] {
  const rows: TableRow[] = [];
  for (const batch of table.batches()) {
    rows.push(...batch.rows.slice(0, count - rows.length));
    if (rows.length >= count) break;
  }
  return rows;
}

/** Whether nothing but white space stands in the row. */
export function isBlank(row: TableRow): boolean {
  return row.cells.every((cell) => cell.trim() === '');
}
