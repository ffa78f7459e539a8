/**
 * A period's key: `2027-03` (a calendar month) under a month calendar, `2027P03` (fiscal year and number) under a week
 * calendar. Keys of one calendar sort in time order.
 */
export type PeriodKey = string;

export interface Period {
  readonly key: PeriodKey;
  /** The number in the fiscal year's name: 2027 for FY27. */
  readonly fiscalYear: number;
  /** 1-based position in the fiscal year. */
  readonly number: number;
  /** First and last day, both inclusive, ISO dates. */
  readonly start: string;
  readonly end: string;
}
