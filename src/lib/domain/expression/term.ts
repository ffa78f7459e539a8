/** A formula with its names resolved and its units checked: what is worked out, period by period. */
import type { Fraction } from '#lib/domain/money/fraction.ts';
import type { Window } from './ast.ts';

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '<>';
export type Fold = 'sum' | 'avg' | 'min' | 'max';

export type Term =
  | { readonly kind: 'number'; readonly value: Fraction }
  /** The figure that another definition has in the period; `index` is its place in the model. `digits`: of a line's minor unit, null for a driver. */
  | { readonly kind: 'figure'; readonly index: number; readonly digits: number | null }
  | { readonly kind: 'plus' | 'minus' | 'times' | 'over'; readonly left: Term; readonly right: Term }
  | { readonly kind: 'negative'; readonly of: Term }
  | { readonly kind: 'if'; readonly condition: Condition; readonly yes: Term; readonly no: Term }
  /** The term one period earlier; `start` where there is none. */
  | { readonly kind: 'earlier'; readonly of: Term; readonly start: Term }
  /** The term in the period at that place of the timeline. */
  | { readonly kind: 'in'; readonly period: number; readonly of: Term }
  | { readonly kind: 'fold'; readonly by: Fold; readonly of: readonly Term[] }
  | { readonly kind: 'window'; readonly by: Fold; readonly of: Term; readonly window: Window }
  /** The last value whose date lies on or before the period's end, else `first`; dates ascend. */
  | {
      readonly kind: 'dated';
      readonly first: Term;
      readonly later: readonly { readonly from: string; readonly value: Term }[];
    }
  | { readonly kind: 'band'; readonly table: number; readonly key: Term }
  | { readonly kind: 'row'; readonly table: number; readonly key: string }
  | { readonly kind: 'clock'; readonly shows: 'period' | 'year' };

export interface Condition {
  readonly test: Comparison;
  readonly left: Term;
  readonly right: Term;
}
