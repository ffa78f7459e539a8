/**
 * What was decided. Events are facts: folding them asks nothing but the state before.
 */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { ImportBatch } from '#lib/domain/ledger/expense.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { DepartmentVersion } from '#lib/domain/organisation/department.ts';
import type { ApprovalEvent } from './approval/commands.ts';
import type { PeopleEvent } from './people/event.ts';

export type DecisionEvent =
  | {
      readonly kind: 'workspace-founded';
      readonly name: string;
      readonly baseCurrency: string;
      readonly calendar: FiscalCalendar;
      readonly founder: string;
    }
  | { readonly kind: 'workspace-renamed'; readonly name: string }
  | { readonly kind: 'posted'; readonly postings: readonly Posting[]; readonly batch: ImportBatch | null }
  | { readonly kind: 'returned'; readonly reversals: readonly LedgerEntry[]; readonly reason: string }
  | { readonly kind: 'reversed'; readonly reversals: readonly LedgerEntry[]; readonly reason: string }
  | { readonly kind: 'recoded'; readonly recodings: readonly Recoding[]; readonly reason: string }
  | {
      readonly kind: 'department-added';
      readonly id: string;
      readonly version: DepartmentVersion;
      readonly area: boolean;
    }
  | { readonly kind: 'department-revised'; readonly id: string; readonly version: DepartmentVersion }
  | { readonly kind: 'department-closed'; readonly id: string; readonly from: string | null }
  | { readonly kind: 'area-marked'; readonly id: string; readonly area: boolean }
  | { readonly kind: 'calendar-set'; readonly calendar: FiscalCalendar }
  | { readonly kind: 'rates-set'; readonly rates: readonly ExchangeRate[] }
  | { readonly kind: 'rate-removed'; readonly from: string; readonly to: string; readonly date: string }
  | PeopleEvent
  | ApprovalEvent;

/** One expense that became one entry. */
export interface Posting {
  readonly entry: LedgerEntry;
  /** Digest of the expense as it was posted, and of the entry: what later commands are bound to. (G4, G9) */
  readonly content: string;
  readonly digest: string;
}

/** One entry taken back and put again with another coding, in one decision. */
export interface Recoding {
  readonly reversal: LedgerEntry;
  readonly entry: LedgerEntry;
  readonly digest: string;
}
