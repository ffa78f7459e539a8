/** Every question the page asks the import worker, and every answer. A question carries all it is asked with. */
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { BudgetDecisions } from '#lib/interchange/budget/decide.ts';
import type { BudgetLayout, LayoutRefusal } from '#lib/interchange/budget/layout.ts';
import type { BudgetReading } from '#lib/interchange/budget/read.ts';
import type { BudgetContext } from '#lib/interchange/budget/row.ts';
import type { ColumnDecisions, HowToRead } from '#lib/interchange/expenses/decide.ts';
import type { ImportedRow } from '#lib/interchange/expenses/draft.ts';
import type { ColumnMapping, RememberedMapping } from '#lib/interchange/expenses/mapping.ts';
import type { KnownExpense, Verdict } from '#lib/interchange/expenses/match.ts';
import type { ChosenNames, Directory } from '#lib/interchange/expenses/names.ts';
import type { ImportReading, ReadContext } from '#lib/interchange/expenses/read.ts';
import type { FileRefusal } from '#lib/interchange/file.ts';
import type { TableRow } from '#lib/interchange/table/table.ts';

export type ImportQuestion =
  /** What is this file? With the mappings remembered for other files. */
  | {
      readonly kind: 'look';
      readonly file: Blob;
      readonly usualCurrency: string;
      readonly remembered: readonly RememberedMapping[];
    }
  /** How are these columns to be read? After a person has changed their roles. */
  | {
      readonly kind: 'decide';
      readonly file: Blob;
      readonly mapping: ColumnMapping;
      readonly usualCurrency: string;
    }
  /** All rows as drafts; they come in parts, as progress. */
  | {
      readonly kind: 'read';
      readonly file: Blob;
      readonly mapping: ColumnMapping;
      readonly how: HowToRead;
      readonly directory: Directory;
      readonly chosen: ChosenNames;
      readonly period: ReadContext['period'];
    }
  /** Which of these rows are new? `known` may leave out what shares no amount and no fingerprint with them. */
  | { readonly kind: 'match'; readonly rows: readonly ImportedRow[]; readonly known: readonly KnownExpense[] }
  | {
      readonly kind: 'look-budget';
      readonly file: Blob;
      readonly periods: readonly Period[];
      readonly usualCurrency: string;
    }
  | {
      readonly kind: 'read-budget';
      readonly file: Blob;
      readonly layout: BudgetLayout;
      readonly context: Omit<BudgetContext, 'names'>;
      readonly directory: Directory;
      readonly chosen: ChosenNames;
    };

export type ImportAnswer =
  | {
      readonly kind: 'look';
      /** SHA-256 of the bytes, hex. */
      readonly fileHash: string;
      readonly mapping: ColumnMapping;
      readonly decisions: ColumnDecisions;
      /** The likeliest reading; a remembered one where the file leaves it open. */
      readonly how: HowToRead;
      /** Whether a remembered mapping was applied. */
      readonly recalled: boolean;
      /** The first rows below the header, as the file has them. */
      readonly sample: readonly TableRow[];
    }
  | { readonly kind: 'decide'; readonly decisions: ColumnDecisions; readonly how: HowToRead }
  | { readonly kind: 'read'; readonly reading: ImportReading }
  | { readonly kind: 'match'; readonly verdicts: readonly Verdict[] }
  | { readonly kind: 'look-budget'; readonly layout: BudgetLayout; readonly decisions: BudgetDecisions }
  | { readonly kind: 'read-budget'; readonly reading: BudgetReading }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal | LayoutRefusal }
  | { readonly kind: 'cancelled' };

/** What comes before the answer. */
export type ImportProgress =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'rows'; readonly rows: readonly ImportedRow[]; readonly done: number };
