/** What a model is made of: drivers, tables and lines, each defined once. */
import type { Phases } from '#lib/domain/budget/line.ts';

/** What is worked out by a formula, as text that `parseFormula(text, '.')` reads. */
interface ByFormula {
  readonly formula: string;
}

/** A driver: a figure that others are worked out from. `unit` is as in `unitOf`: 'head', 'EUR/head', '%', ''. */
export interface Driver {
  readonly kind: 'driver';
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly content: ByFormula | { readonly values: readonly DatedValue[] };
}

/** Plain decimal text that holds from a day on, in the period that the day lies in and later; null is from ever. (E13) */
export interface DatedValue {
  readonly from: string | null;
  readonly value: string;
}

/** A line of a plan: amounts typed in, or worked out and rounded half-even to minor units. (E14) */
export interface ModelLine {
  readonly kind: 'line';
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly nature: 'cost' | 'revenue';
  readonly content: ByFormula | { readonly phases: Phases };
}

/** A table to look values up in: by bands of a quantity (`from` ascending), or by the name of a row. */
export interface Table {
  readonly kind: 'table';
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly content:
    | { readonly keyUnit: string; readonly bands: readonly { readonly from: string; readonly value: string }[] }
    | { readonly rows: Readonly<Record<string, string>> };
}

export type Definition = Driver | ModelLine | Table;

/** Plain decimal text: at most 15 digits before the point and 30 behind it. */
export function isDecimal(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,30})?$/.test(text);
}
