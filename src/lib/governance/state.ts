/** What deciding rests on: folded from the decision log and from nothing else. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import { NO_APPROVALS, type Approvals } from './approval/request.ts';
import { noPeople, type People } from './people/people.ts';
import { emptyPostings, type Postings } from './postings.ts';

export interface State extends Terms {
  /** Where each expense stands that was ever posted. */
  readonly postings: Postings;
}

/** The part of the state that is small: everything but what was posted. */
export interface Terms {
  /** Null until the workspace is founded. */
  readonly workspace: Workspace | null;
  readonly departments: readonly Department[];
  readonly rates: readonly ExchangeRate[];
  /** Periods into which nothing more is posted. */
  readonly closed: ReadonlySet<PeriodKey>;
  /** Members, invitations and delegations. */
  readonly people: People;
  readonly approvals: Approvals;
}

export interface Workspace {
  readonly name: string;
  readonly baseCurrency: string;
  readonly calendar: FiscalCalendar;
  readonly founder: string;
}

/** The state of a workspace that is founded. */
export type Founded = State & { readonly workspace: Workspace };

/** The state of a log without entries. */
export function initialState(): State {
  return {
    workspace: null,
    departments: [],
    rates: [],
    closed: new Set(),
    people: noPeople(),
    approvals: NO_APPROVALS,
    postings: emptyPostings(),
  };
}

/** Whether two rates are for the same pair and day, whatever they say. */
export function isSameRate(
  a: Pick<ExchangeRate, 'from' | 'to' | 'date'>,
  b: Pick<ExchangeRate, 'from' | 'to' | 'date'>,
): boolean {
  return a.from === b.from && a.to === b.to && a.date === b.date;
}
