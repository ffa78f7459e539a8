/** What the budget grid is given: lines standing in groups, columns, and one array of minor units for each amount column. */
export interface SheetLine {
  readonly id: string;
  readonly label: string;
  /** The group it stands under; null stands on top. */
  readonly groupId: string | null;
  readonly nature: 'cost' | 'revenue';
  /** ISO 4217 code of this line's figures. */
  readonly currency: string;
  /** A short word after the label, such as `USD` or an owner's initials. */
  readonly tag?: string;
  /** Why nobody may type here, as a sentence; absent while the line is open. */
  readonly locked?: string;
}

export interface SheetGroup {
  readonly id: string;
  readonly label: string;
  readonly parentId: string | null;
}

interface ColumnHead {
  readonly key: string;
  /** Short, for the header: `Mar 27`. */
  readonly label: string;
  /** Long, for the ear: `March 2027`. */
  readonly name: string;
}

/** Figures that are given, one array of minor units by `key`. */
export interface AmountColumn extends ColumnHead {
  readonly kind: 'amount';
  /** A closed month is shown and never written. */
  readonly closed?: boolean;
  /** Its figures are expected, not booked: they are slanted. */
  readonly forecast?: boolean;
  /** Only read by other columns, such as last year's total. */
  readonly hidden?: boolean;
}

/** The sum of amount columns; stands frozen on the right. */
interface SumColumn extends ColumnHead {
  readonly kind: 'sum';
  readonly of: readonly string[];
  /** Typing a figure here asks to spread it over the columns. */
  readonly spreads?: boolean;
}

/** How far `to` is from `from`, as a share of `from`; stands frozen on the right. */
interface ChangeColumn extends ColumnHead {
  readonly kind: 'change';
  readonly from: string;
  readonly to: string;
}

export type SheetColumn = AmountColumn | SumColumn | ChangeColumn;

/** Minor units of every line in the order of the lines, by key of the amount column. Not a number: no figure. */
export type Figures = ReadonlyMap<string, Float64Array>;

/** Plan is written by people; the others are calculated. */
export type SheetMode = 'plan' | 'actual' | 'forecast' | 'variance';

export interface CellEdit {
  readonly line: string;
  readonly column: string;
  readonly minor: number;
}

/** Edits that are one step to undo. */
export interface EditBatch {
  /** What was done, for the undo list: `Fill right, 11 cells`. */
  readonly label: string;
  readonly edits: readonly CellEdit[];
}
