/**
 * What was decided about plans, transfers and periods, as a population to draw a sample from: from the mirror of the
 * decision log that this person reads, so two people who read the same areas have the same population. (A18)
 */
import type { Subject } from '#lib/governance/approval/policy.ts';
import type { Transfer } from '#lib/governance/approval/request.ts';
import type { Governed, Request } from '../approvals/governed.ts';

export type DecisionKind = 'submission' | 'transfer' | 'approval' | 'return' | 'withdrawal' | 'close' | 'reopening';

export interface SampledDecision {
  readonly what: 'decision';
  readonly id: string;
  readonly kind: DecisionKind;
  /** What was routed by, in minor units of the base currency; null for a period and for an approval that is void. */
  readonly amount: number | null;
  /** The request's id, or the period's key. */
  readonly about: string;
  readonly subject: Subject | { readonly kind: 'period'; readonly period: string };
  readonly transfer: Transfer | null;
  readonly by: string;
  readonly at: string;
  /** What was submitted, approved or closed, by its hash; null where the decision names none. */
  readonly hash: string | null;
}

export type Decided = Pick<Governed, 'requests' | 'askings' | 'closed' | 'reopened' | 'closings'>;

/** Every submission, its approvals (void ones too) and its end; every closing and every reopening: each once. */
export function decisionsIn(decided: Decided): readonly SampledDecision[] {
  const { requests, askings, closed, reopened, closings } = decided;
  const all = [
    ...requests.flatMap(decisionsAbout),
    ...askings.flatMap((asking) => submissionOf({ ...asking, id: asking.request })),
    ...closed.map(({ id, by, at, hash }) => ofPeriod('close', id, { by, at, hash })),
    ...closings.map(({ period, by, at, hash }) => ofPeriod('close', period, { by, at, hash })),
    ...[...reopened.map((each) => ({ ...each, period: each.id })), ...closings].map(
      ({ period, reopened: { by, at } }) => ofPeriod('reopening', period, { by, at, hash: null }),
    ),
  ];
  // The latest submission and reopening stand in two places, and one of several areas in each of them.
  return [...new Map(all.map((decision) => [decision.id, decision])).values()];
}

function decisionsAbout(request: Request): readonly SampledDecision[] {
  const { value, approvals, voided } = request;
  const [submission, ...end] = submissionOf(request);
  return [
    submission,
    // What a void approval was worth is not kept: the request has another value since.
    ...voided.flatMap((each) =>
      each.approvals.map((approval) => decisionOn(request, 'approval', approval, null, [approval.step])),
    ),
    ...approvals.map((approval) => decisionOn(request, 'approval', approval, value, [approval.step])),
    ...end,
  ];
}

type Submission = Pick<Request, 'id' | 'subject' | 'transfer' | 'by' | 'at' | 'hash' | 'value' | 'status' | 'ended'>;

/** The submission, and its return or withdrawal where it ended so. */
function submissionOf(asked: Submission): readonly [SampledDecision, ...SampledDecision[]] {
  const { subject, value, status, ended, hash } = asked;
  const submission = decisionOn(asked, subject.kind === 'transfer' ? 'transfer' : 'submission', asked, value);
  if (ended === null || (status !== 'returned' && status !== 'withdrawn')) return [submission];
  const how = status === 'returned' ? 'return' : 'withdrawal';
  return [submission, decisionOn(asked, how, { ...ended, hash }, value)];
}

function decisionOn(
  { id: about, subject, transfer }: Pick<Submission, 'id' | 'subject' | 'transfer'>,
  kind: DecisionKind,
  { by, at, hash }: Said,
  amount: number | null,
  step: readonly string[] = [],
): SampledDecision {
  const id = [kind, about, ...step, by, at].join(' ');
  return { what: 'decision', id, kind, amount, about, subject, transfer, by, at, hash };
}

interface Said {
  readonly by: string;
  readonly at: string;
  readonly hash: string | null;
}

function ofPeriod(kind: 'close' | 'reopening', period: string, said: Said): SampledDecision {
  const { by, at, hash } = said;
  const subject = { kind: 'period', period } as const;
  const id = [kind, period, by, at].join(' ');
  return { what: 'decision', id, kind, amount: null, about: period, subject, transfer: null, by, at, hash };
}
