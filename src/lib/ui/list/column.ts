/** A column of a DataTable. */
export interface Column<R> {
  readonly id: string;
  readonly label: string;
  /** The head is only said, not shown: above a column of buttons. */
  readonly hideLabel?: boolean;
  /** `end` for figures. */
  readonly align?: 'start' | 'end';
  /** What the cell says; not needed where the table's `cell` snippet draws it. */
  readonly text?: (row: R) => string;
  /** Makes the head a sort button; compares two rows in rising order. */
  readonly compare?: (a: R, b: R) => number;
  /** Left out on narrow screens. */
  readonly wide?: boolean;
  readonly width?: string;
}

export interface Sorting {
  readonly column: string;
  readonly falling: boolean;
}

/** The rows in the order asked for; as they came when nothing or an unknown column is asked for. */
export function sorted<R>(rows: readonly R[], columns: readonly Column<R>[], sorting: Sorting | null): readonly R[] {
  const compare = columns.find((column) => column.id === sorting?.column)?.compare;
  if (compare === undefined || sorting === null) return rows;
  return rows.toSorted(sorting.falling ? (a, b) => compare(b, a) : compare);
}
