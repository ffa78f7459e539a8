/** A dated rate: one unit of `from` is `rate` units of `to` on `date`. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  /** Exact positive decimal, e.g. '0.91745'. */
  readonly rate: string;
  /** ISO date the rate holds from. */
  readonly date: string;
  /** Where the rate came from, in words: 'ECB', 'budget FY27'. */
  readonly source: string;
}
