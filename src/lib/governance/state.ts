/** What deciding rests on: folded from the decision log and from nothing else. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import { emptyPostings, type Postings } from './postings.ts';

export interface State {
  /** Null until the workspace is founded. */
  readonly workspace: Workspace | null;
  readonly departments: readonly Department[];
  readonly rates: readonly ExchangeRate[];
  /** Periods into which nothing more is posted. */
  readonly closed: ReadonlySet<PeriodKey>;
  /** Where each expense stands that was ever posted. */
  readonly postings: Postings;
}

export interface Workspace {
  readonly name: string;
  readonly baseCurrency: string;
  readonly calendar: FiscalCalendar;
  readonly founder: string;
}

/** The state of a log without entries. */
export function initialState(): State {
  return { workspace: null, departments: [], rates: [], closed: new Set(), postings: emptyPostings() };
}
