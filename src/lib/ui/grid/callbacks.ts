/** What the grid asks of the app. All but `onedit` may be left out; keys for what is left out do nothing. */
import type { CellRef } from './marks.ts';
import type { EditBatch } from './sheet.ts';

export interface SelectionReport {
  /** Where typing goes; null on subtotals. */
  readonly cell: CellRef | null;
  /** The other corner, null when it stands on a subtotal. */
  readonly far: CellRef | null;
  readonly editing: boolean;
}

interface SpreadRequest extends CellRef {
  /** The total to spread over the columns of the sum. */
  readonly minor: number;
}

export interface InsertPlace {
  /** Insert below this line, or first in the group when null. */
  readonly afterLine: string | null;
  readonly group: string | null;
}

export interface GridCallbacks {
  /** Write these cells. The figures shall show them, under a new epoch, when the call returns. */
  readonly onedit: (batch: EditBatch) => void;
  readonly onspread?: ((request: SpreadRequest) => void) | undefined;
  /** What was typed after `=` is no amount: a formula for the line. */
  readonly onformula?: ((cell: CellRef, text: string) => void) | undefined;
  /** Open the spread dialog for these lines. */
  readonly onspreaddialog?: ((lines: readonly string[]) => void) | undefined;
  readonly onundo?: (() => void) | undefined;
  readonly onredo?: (() => void) | undefined;
  readonly onmove?: ((line: string, by: -1 | 1) => void) | undefined;
  readonly oninsert?: ((place: InsertPlace) => void) | undefined;
  readonly onarchive?: ((lines: readonly string[]) => void) | undefined;
  /** The set of folded groups as it should be now. */
  readonly onfold?: ((folded: ReadonlySet<string>) => void) | undefined;
  readonly onopen?: ((line: string) => void) | undefined;
  readonly oncomment?: ((cell: CellRef) => void) | undefined;
  readonly onhistory?: ((cell: CellRef) => void) | undefined;
  readonly onnote?: ((cell: CellRef) => void) | undefined;
  readonly onyear?: ((by: -1 | 1) => void) | undefined;
  /** Show the other view: the grid for editing, or a plain table for reading. */
  readonly ontable?: ((table: boolean) => void) | undefined;
  readonly onresolve?: ((conflict: string, choice: 'keep' | 'other') => void) | undefined;
  readonly onselect?: ((report: SelectionReport) => void) | undefined;
}
