/** What is wrong with an expense that is about to be posted. */
export type ExpenseFault =
  | { readonly kind: 'unknown-currency'; readonly currency: string }
  | { readonly kind: 'not-an-amount'; readonly amount: number }
  /** A credit is zero or negative; an expense and revenue are zero or positive. */
  | { readonly kind: 'wrong-sign'; readonly amount: number }
  | { readonly kind: 'not-a-date'; readonly date: string };
