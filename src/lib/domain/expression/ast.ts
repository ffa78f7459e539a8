/** What a formula says, as a tree. Every node knows where in the text it stands, so that faults can point at it. */

/** Characters `start` up to, not including, `end` of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Operator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '<>';

export const functionNames = [
  'prev',
  'sum',
  'avg',
  'min',
  'max',
  'if',
  'lookup',
  'dated',
  'at',
  'period',
  'year',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** The periods that `sum(x over ...)` runs over, seen from the period that is being worked out. (E9) */
export type Window =
  | { readonly kind: 'year' | 'ytd' | 'all' }
  /** This period and those before it, so many in all. */
  | { readonly kind: 'last'; readonly periods: number };

export type Expression =
  /** `value` is plain decimal text; `unit` is what stood behind it ('EUR', 'head'). */
  | { readonly kind: 'number'; readonly value: string; readonly unit: string | null; readonly at: Span }
  /** A date or the key of a row, in quotation marks. */
  | { readonly kind: 'text'; readonly text: string; readonly at: Span }
  | { readonly kind: 'name'; readonly name: string; readonly at: Span }
  | { readonly kind: 'negative' | 'percent'; readonly of: Expression; readonly at: Span }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Span;
    }
  | {
      readonly kind: 'call';
      readonly name: FunctionName;
      readonly given: readonly Expression[];
      readonly over: Window | null;
      readonly at: Span;
    };
