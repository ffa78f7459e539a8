/** Commands and events about approving, closing, moving money and amending. */
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { ApprovalPolicy, Subject } from './policy.ts';
import type { Amendment, Approval, ApprovalRequest, Closing, Transfer } from './request.ts';

export type ApprovalCommand =
  | { readonly kind: 'set-policy'; readonly policy: ApprovalPolicy }
  /** Seals what is submitted at its head; `hash` is what the person sees and asks to have approved. */
  | {
      readonly kind: 'submit';
      readonly id: string;
      readonly subject: Exclude<Subject, { kind: 'transfer' }>;
      readonly hash: string;
      readonly note: string;
    }
  | { readonly kind: 'approve'; readonly request: string; readonly hash: string; readonly note: string }
  | { readonly kind: 'return-submission'; readonly request: string; readonly reason: string }
  | { readonly kind: 'withdraw'; readonly request: string; readonly reason: string }
  /** `hashes` names the ledger documents of the period as the person sees them. */
  | {
      readonly kind: 'close-period';
      readonly period: PeriodKey;
      readonly hashes: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'reopen-period'; readonly period: PeriodKey; readonly reason: string }
  /** Given again with another content it replaces what was asked for before, and voids the approvals of that. */
  | ({ readonly kind: 'transfer-budget'; readonly id: string } & Transfer)
  | {
      readonly kind: 'open-amendment';
      readonly id: string;
      readonly of: string;
      readonly name: string;
      readonly reason: string;
    };

export type ApprovalEvent =
  | { readonly kind: 'policy-set'; readonly policy: ApprovalPolicy }
  /** A new request, or one whose content was changed: then its approvals are among those voided. */
  | { readonly kind: 'submitted'; readonly request: ApprovalRequest }
  | { readonly kind: 'approved'; readonly request: string; readonly approval: Approval; readonly isFinal: boolean }
  | {
      readonly kind: 'submission-ended';
      readonly request: string;
      readonly how: 'returned' | 'withdrawn';
      readonly by: string;
      readonly at: string;
      readonly reason: string;
    }
  /** An approved version's figures changed, by an approved transfer or because its approval no longer holds. */
  | {
      readonly kind: 'transferred';
      readonly request: string;
      readonly version: string;
      readonly by: string;
      readonly at: string;
      readonly phases: readonly PhaseWrite[];
      /** The changed documents' hashes from now on. */
      readonly documents: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'period-closed'; readonly closing: Closing }
  | {
      readonly kind: 'period-reopened';
      readonly period: PeriodKey;
      readonly by: string;
      readonly at: string;
      readonly reason: string;
    }
  | { readonly kind: 'amendment-opened'; readonly id: string; readonly amendment: Amendment };

/** A month of a line comes to stand at an amount. */
export interface PhaseWrite {
  readonly document: string;
  readonly line: string;
  readonly period: PeriodKey;
  readonly amount: number;
}

/** Why one of these commands was refused. */
export type ApprovalRefusal =
  | { readonly kind: 'unknown-request' }
  | { readonly kind: 'request-settled'; readonly status: ApprovalRequest['status'] }
  /** Somebody wrote in it each time it was about to be sealed. */
  | { readonly kind: 'still-moving' }
  /** Somebody changed it: what the command names is not what stands. */
  | { readonly kind: 'content-moved'; readonly document: string | null; readonly by: string | null }
  | { readonly kind: 'document-incomplete'; readonly document: string }
  | { readonly kind: 'already-submitted'; readonly request: string }
  /** A part waits for its own decision, or an area of it is still a draft elsewhere. */
  | { readonly kind: 'part-undecided'; readonly area: string }
  | { readonly kind: 'version-submitted' }
  | { readonly kind: 'no-rule'; readonly value: number }
  | { readonly kind: 'no-rate'; readonly currency: string; readonly base: string; readonly date: string }
  | { readonly kind: 'amount-too-large'; readonly currency: string; readonly base: string }
  | { readonly kind: 'own-submission'; readonly delegated: boolean }
  | { readonly kind: 'already-signed' }
  | { readonly kind: 'not-your-step'; readonly roles: readonly string[] }
  | { readonly kind: 'limit-too-low'; readonly limit: number; readonly needed: number; readonly currency: string }
  | { readonly kind: 'duties-conflict'; readonly conflict: 'edit-approve' | 'post-close' | 'roles-approve' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'id-taken' }
  | { readonly kind: 'policy-incomplete'; readonly why: 'no-rules' | 'no-steps' | 'no-lowest-band' | 'same-id' }
  | { readonly kind: 'not-approved' }
  | { readonly kind: 'same-cell' }
  | { readonly kind: 'unknown-line'; readonly line: string }
  | { readonly kind: 'line-currency'; readonly line: string; readonly currency: string }
  /** Its figures come from a formula, so no amount of it can be written. */
  | { readonly kind: 'by-formula'; readonly line: string }
  /** Its formula gives none, so nobody knows what the plan comes to. `line` is its name. */
  | { readonly kind: 'without-figures'; readonly line: string }
  | { readonly kind: 'not-enough'; readonly available: number; readonly amount: number; readonly currency: string }
  | { readonly kind: 'period-closed'; readonly period: PeriodKey }
  | { readonly kind: 'period-not-closed'; readonly period: PeriodKey }
  | { readonly kind: 'unknown-period'; readonly period: string };
