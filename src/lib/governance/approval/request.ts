/** What is submitted, and where it stands: the approvals of a workspace as they are folded from its log. */
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import { DEFAULT_POLICY, type ApprovalPolicy, type Conflict, type Route, type Step, type Subject } from './policy.ts';

/** One month of one line. */
export interface Cell {
  readonly area: string;
  readonly line: string;
  readonly period: PeriodKey;
}

/** Money that is to go from one line of an approved version to another. */
export interface Transfer {
  readonly version: string;
  readonly from: Cell;
  readonly to: Cell;
  /** Minor units of the currency, which both lines have. */
  readonly amount: number;
  readonly currency: string;
  /** What is committed to over the whole term, in the same currency: what it is routed by. */
  readonly commitment: number;
  readonly vendor: string | null;
  readonly reason: string;
}

/** A document as it was submitted. */
export interface SealedDocument {
  readonly document: string;
  readonly hash: string;
}

export interface Approval {
  readonly step: string;
  readonly by: string;
  /** The member in whose place it was signed; null for oneself. */
  readonly for: string | null;
  readonly at: string;
  /** What was approved. */
  readonly hash: string;
  readonly note: string;
  /** Duties that met in one person, reported because the policy does not refuse them. */
  readonly conflicts: readonly Conflict[];
}

/** Approvals that no longer hold: who changed what, and when. (I5) */
export interface Voided {
  readonly approvals: readonly Approval[];
  readonly by: string;
  readonly at: string;
  readonly why: string;
}

export interface ApprovalRequest {
  readonly id: string;
  readonly subject: Subject;
  /** What is to be approved, to the last figure. */
  readonly hash: string;
  readonly documents: readonly SealedDocument[];
  readonly areas: readonly string[];
  /** Set where the subject is a transfer. */
  readonly transfer: Transfer | null;
  readonly by: string;
  readonly at: string;
  readonly note: string;
  /** What it was routed by, in minor units of the base currency. */
  readonly value: number;
  readonly route: Route;
  /** The requests it was valued together with, when their sum reaches a higher band than it alone. (A6) */
  readonly split: { readonly with: readonly string[]; readonly alone: number } | null;
  readonly approvals: readonly Approval[];
  readonly voided: readonly Voided[];
  readonly status: 'open' | 'approved' | 'returned' | 'withdrawn' | 'superseded';
  /** Who returned, withdrew or superseded it, and why; null otherwise. */
  readonly ended: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

/** One submission of a request: another one under the same id may have taken its place since. */
export interface Asking extends Pick<
  ApprovalRequest,
  'subject' | 'transfer' | 'by' | 'at' | 'hash' | 'value' | 'status' | 'ended'
> {
  readonly id: string;
  readonly request: string;
}

/** A period that is closed: what was in it, who closed it. */
export interface Closing {
  readonly period: PeriodKey;
  readonly by: string;
  readonly at: string;
  readonly documents: readonly SealedDocument[];
  /** Over all of its documents: what is printed on a report. */
  readonly hash: string;
  readonly conflicts: readonly Conflict[];
  /** Set when it was opened again. */
  readonly reopened: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

export interface Amendment {
  readonly of: string;
  readonly name: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** Everything about approving and closing that deciding rests on. */
export interface Approvals {
  readonly policy: ApprovalPolicy;
  readonly requests: ReadonlyMap<string, ApprovalRequest>;
  /** By the new version's id. */
  readonly amendments: ReadonlyMap<string, Amendment>;
  /** The latest closing of each period that was ever closed. */
  readonly closings: ReadonlyMap<PeriodKey, Closing>;
  /** Who posted into each period. */
  readonly posters: ReadonlyMap<PeriodKey, readonly string[]>;
}

export const NO_APPROVALS: Approvals = {
  policy: DEFAULT_POLICY,
  requests: new Map(),
  amendments: new Map(),
  closings: new Map(),
  posters: new Map(),
};

type Requests = Iterable<ApprovalRequest>;

/** The request a version stands or waits by; null while it is a draft. */
export function versionRequest(requests: Requests, version: string): ApprovalRequest | null {
  return latestStanding(requests, ({ subject }) => subject.kind === 'version' && subject.version === version);
}

/** The request an area's part of a version stands or waits by, the whole version's before its own; null for a draft. */
export function partRequest(requests: Requests, version: string, area: string): ApprovalRequest | null {
  const all = [...requests];
  const isPart = ({ subject }: ApprovalRequest): boolean =>
    subject.kind === 'part' && subject.version === version && subject.area === area;
  return versionRequest(all, version) ?? latestStanding(all, isPart);
}

/** The steps that can be signed now. */
export function openSteps({ route, approvals, status }: ApprovalRequest): readonly Step[] {
  if (status !== 'open') return [];
  const waiting = route.steps.filter(({ id }) => !approvals.some(({ step }) => step === id));
  return route.order === 'parallel' ? waiting : waiting.slice(0, 1);
}

/** Whether a request holds its documents sealed. */
export function isStanding({ status }: ApprovalRequest): boolean {
  return status === 'open' || status === 'approved' || status === 'superseded';
}

function latestStanding(requests: Requests, isMeant: (request: ApprovalRequest) => boolean): ApprovalRequest | null {
  let latest: ApprovalRequest | null = null;
  for (const request of requests) if (isMeant(request) && isStanding(request)) latest = request;
  return latest;
}
