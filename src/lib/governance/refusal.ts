/** Why a command was refused: plain data with a kind. `explain.ts` turns it into a sentence. */
import type { ExpenseFault } from '#lib/domain/ledger/expense.ts';
import type { DepartmentRefusal } from '#lib/domain/organisation/department-change.ts';
import type { ApprovalRefusal } from './approval/commands.ts';
import type { PeopleRefusal } from './people/refusal.ts';
import type { Standing } from './postings.ts';

export type Refusal =
  /** Not a command at all, or a field that cannot be read: `path` says where, `found` what stood there. */
  | { readonly kind: 'malformed'; readonly path: string; readonly found: string }
  | { readonly kind: 'unknown-command'; readonly command: string }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'not-founded' }
  | { readonly kind: 'already-founded' }
  | { readonly kind: 'founder-is-another'; readonly founder: string }
  | { readonly kind: 'unknown-currency'; readonly currency: string }
  | { readonly kind: 'expenses-refused'; readonly of: number; readonly refused: readonly RefusedExpense[] }
  | { readonly kind: 'entries-refused'; readonly of: number; readonly refused: readonly RefusedEntry[] }
  | { readonly kind: 'department-refused'; readonly id: string; readonly why: DepartmentRefusal }
  | { readonly kind: 'calendar-in-use' }
  | { readonly kind: 'unknown-rate'; readonly from: string; readonly to: string; readonly date: string }
  | PeopleRefusal
  | { readonly kind: 'approval-refused'; readonly why: ApprovalRefusal };

export interface RefusedExpense {
  readonly expenseId: string;
  readonly why: PostingRefusal;
}

export interface RefusedEntry {
  readonly entryId: string;
  readonly expenseId: string;
  readonly why: EntryRefusal;
}

export type PostingRefusal =
  | { readonly kind: 'invalid'; readonly faults: readonly ExpenseFault[] }
  | { readonly kind: 'twice-in-command' }
  | { readonly kind: 'no-date' }
  /** This generation stands in the ledger with other content. */
  | { readonly kind: 'already-posted'; readonly generation: number }
  /** The generation named is not the one that comes next: it was posted, returned or reversed in between. */
  | { readonly kind: 'generation-expected'; readonly given: number; readonly expected: number }
  | CodingRefusal
  | { readonly kind: 'no-rate'; readonly currency: string; readonly base: string; readonly date: string }
  | { readonly kind: 'amount-too-large'; readonly currency: string; readonly base: string };

export type CodingRefusal =
  | { readonly kind: 'unknown-department'; readonly id: string }
  | { readonly kind: 'department-closed'; readonly id: string; readonly from: string };

export type EntryRefusal =
  | { readonly kind: 'never-posted' }
  | { readonly kind: 'twice-in-command' }
  | { readonly kind: 'is-a-reversal' }
  /** Taken back or re-coded since by somebody else. */
  | { readonly kind: 'no-longer-current'; readonly generation: number; readonly standing: Standing }
  /** What the command carries is not what stands in the ledger. */
  | { readonly kind: 'content-differs' }
  | { readonly kind: 'same-coding' }
  | CodingRefusal;
