import type { MonthCalendar, WeekCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { Coding } from '#lib/domain/ledger/coding.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense, ImportBatch } from '#lib/domain/ledger/expense.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { DepartmentVersion } from '#lib/domain/organisation/department.ts';
import type { ApprovalCommand } from './approval/commands.ts';
import type { PeopleCommand } from './people/command.ts';

/** What a person asks to have decided. Commands carry what they rest on, in full, so that deciding reads no document. */
export type Command =
  /** First command of every workspace's log. */
  | {
      readonly kind: 'found-workspace';
      readonly name: string;
      readonly baseCurrency: string;
      readonly calendar: MonthCalendar | WeekCalendar;
      readonly founder: string;
    }
  | { readonly kind: 'rename-workspace'; readonly name: string }
  | {
      readonly kind: 'post';
      readonly expenses: readonly Expense[];
      /**
       * Expense id to the generation this posting makes, for those that stood in the ledger before and were returned
       * or reversed since. An expense that is not named is posted for the first time: generation 1.
       */
      readonly generations: Readonly<Record<string, number>>;
      /** The import batch these are part of, for the log; null for single expenses. */
      readonly batch: ImportBatch | null;
      /** ISO date standing in for an unknown document date; null refuses an expense without one. */
      readonly undatedAs: string | null;
    }
  /** Takes a posted entry back and reopens its expense in the owner's inbox with the reason. */
  | { readonly kind: 'return'; readonly entries: readonly LedgerEntry[]; readonly reason: string }
  | { readonly kind: 'reverse'; readonly entries: readonly LedgerEntry[]; readonly reason: string }
  | {
      readonly kind: 'recode';
      readonly entries: readonly LedgerEntry[];
      readonly coding: Partial<Coding>;
      readonly reason: string;
    }
  | {
      readonly kind: 'add-department';
      readonly id: string;
      readonly version: DepartmentVersion;
      readonly area: boolean;
    }
  | { readonly kind: 'revise-department'; readonly id: string; readonly version: DepartmentVersion }
  | { readonly kind: 'close-department'; readonly id: string; readonly from: string | null }
  | { readonly kind: 'mark-area'; readonly id: string; readonly area: boolean }
  | { readonly kind: 'set-calendar'; readonly calendar: MonthCalendar | WeekCalendar }
  | { readonly kind: 'set-rates'; readonly rates: readonly ExchangeRate[] }
  | { readonly kind: 'remove-rate'; readonly from: string; readonly to: string; readonly date: string }
  | PeopleCommand
  | ApprovalCommand;

/** A command as it waits in the outbox and travels: the id makes giving it twice harmless. */
export interface GivenCommand {
  readonly id: string;
  readonly command: Command;
  /** The member who gives it, checked against the connection, and when by their own clock (shown, never ordered by). */
  readonly by: string;
  readonly at: string;
}
