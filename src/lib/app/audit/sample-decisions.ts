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

/** Every request's submission, approvals (void ones too) and end; every closing that stands and every reopening. */
export function decisionsIn({
  requests,
  closed,
  reopened,
}: Pick<Governed, 'requests' | 'closed' | 'reopened'>): readonly SampledDecision[] {
  return [
    ...requests.flatMap(decisionsAbout),
    ...closed.map(({ id, by, at, hash }) => ofPeriod('close', id, { by, at, hash })),
    ...reopened.map(({ id, reopened: { by, at } }) => ofPeriod('reopening', id, { by, at, hash: null })),
  ];
}

function decisionsAbout(request: Request): readonly SampledDecision[] {
  const { id: about, subject, transfer, value, status, ended, approvals, voided } = request;
  const decision = (
    kind: DecisionKind,
    { by, at, hash }: Said,
    amount: number | null,
    step: readonly string[] = [],
  ): SampledDecision => {
    const id = [kind, about, ...step, by, at].join(' ');
    return { what: 'decision', id, kind, amount, about, subject, transfer, by, at, hash };
  };
  return [
    decision(subject.kind === 'transfer' ? 'transfer' : 'submission', request, value),
    // What a void approval was worth is not kept: the request has another value since.
    ...voided.flatMap((each) =>
      each.approvals.map((approval) => decision('approval', approval, null, [approval.step])),
    ),
    ...approvals.map((approval) => decision('approval', approval, value, [approval.step])),
    ...(ended === null || (status !== 'returned' && status !== 'withdrawn')
      ? []
      : [decision(status === 'returned' ? 'return' : 'withdrawal', { ...ended, hash: request.hash }, value)]),
  ];
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
