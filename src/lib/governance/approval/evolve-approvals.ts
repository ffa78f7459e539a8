/** Folding what was decided about approvals. Plain values: nothing is spent. */
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Posting } from '../event.ts';
import type { ApprovalEvent } from './commands.ts';
import { hashOfDocuments } from './content.ts';
import { versionRequest, type Approvals, type ApprovalRequest, type Voided } from './request.ts';

type Evolved = Result<Approvals, 'impossible'>;

/** The approvals after an event; an event that cannot follow is refused. */
export function evolveApprovals(approvals: Approvals, event: ApprovalEvent): Evolved {
  switch (event.kind) {
    case 'policy-set':
      return ok({ ...approvals, policy: event.policy });
    case 'submitted':
      return ok(withRequest(approvals, event.request));
    case 'approved':
      return withApproval(approvals, event);
    case 'submission-ended': {
      const request = approvals.requests.get(event.request);
      if (request === undefined) return err('impossible');
      const { how: status, by, at, reason } = event;
      return ok(
        withRequest(approvals, { ...voided(request, { by, at, why: reason }), status, ended: { by, at, reason } }),
      );
    }
    case 'transferred':
      return withTransfer(approvals, event);
    case 'period-closed': {
      const { closing } = event;
      return ok({ ...approvals, closings: new Map(approvals.closings).set(closing.period, closing) });
    }
    case 'period-reopened': {
      const closing = approvals.closings.get(event.period);
      if (closing === undefined) return err('impossible');
      const { period, by, at, reason } = event;
      const reopened = { ...closing, reopened: { by, at, reason } };
      return ok({ ...approvals, closings: new Map(approvals.closings).set(period, reopened) });
    }
    case 'amendment-opened':
      return ok({ ...approvals, amendments: new Map(approvals.amendments).set(event.id, event.amendment) });
  }
}

/** Who posted where, remembered because closing and posting are duties of different people. (A10) */
export function withPosters(approvals: Approvals, postings: readonly Pick<Posting, 'entry'>[]): Approvals {
  const posters = new Map<PeriodKey, readonly string[]>(approvals.posters);
  for (const { entry } of postings) {
    const known = posters.get(entry.period) ?? [];
    if (!known.includes(entry.postedBy)) posters.set(entry.period, [...known, entry.postedBy]);
  }
  return { ...approvals, posters };
}

/** The request without its approvals, which are kept as void with who changed what. (A3) */
export function voided(request: ApprovalRequest, by: Omit<Voided, 'approvals'>): ApprovalRequest {
  const { approvals } = request;
  if (approvals.length === 0) return request;
  return { ...request, approvals: [], voided: [...request.voided, { ...by, approvals }] };
}

function withApproval(approvals: Approvals, event: Extract<ApprovalEvent, { kind: 'approved' }>): Evolved {
  const request = approvals.requests.get(event.request);
  if (request?.status !== 'open') return err('impossible');
  const signed: ApprovalRequest = {
    ...request,
    approvals: [...request.approvals, event.approval],
    status: event.isFinal ? 'approved' : 'open',
  };
  const next = withRequest(approvals, signed);
  return ok(event.isFinal ? withoutAmended(next, signed, event.approval) : next);
}

/** The version that an approved amendment takes the place of stands no longer as the plan. */
function withoutAmended(
  approvals: Approvals,
  { subject }: ApprovalRequest,
  { by, at }: { readonly by: string; readonly at: string },
): Approvals {
  const amendment = subject.kind === 'version' ? approvals.amendments.get(subject.version) : undefined;
  const amended = amendment === undefined ? null : versionRequest(approvals.requests.values(), amendment.of);
  if (amendment === undefined || amended === null) return approvals;
  return withRequest(approvals, {
    ...amended,
    status: 'superseded',
    ended: { by, at, reason: `${amendment.name}: ${amendment.reason}` },
  });
}

function withTransfer(approvals: Approvals, event: Extract<ApprovalEvent, { kind: 'transferred' }>): Evolved {
  const version = versionRequest(approvals.requests.values(), event.version);
  if (version === null) return err('impossible');
  const requests = new Map(approvals.requests);
  const { by, at } = event;
  const why = 'Its figures were changed by a transfer.';
  for (const request of requests.values()) {
    const documents = request.documents.map(({ document, hash }) => ({
      document,
      hash: event.documents[document] ?? hash,
    }));
    if (request.id === version.id) {
      requests.set(request.id, { ...request, documents, hash: hashOfDocuments(documents) });
    } else if (isAmendmentOf(approvals, request, event.version) && request.status === 'open') {
      requests.set(request.id, voided(request, { by, at, why: `The version it amends was changed. ${why}` }));
    }
  }
  return ok({ ...approvals, requests });
}

function isAmendmentOf({ amendments }: Approvals, { subject }: ApprovalRequest, version: string): boolean {
  return subject.kind === 'version' && amendments.get(subject.version)?.of === version;
}

function withRequest(approvals: Approvals, request: ApprovalRequest): Approvals {
  return { ...approvals, requests: new Map(approvals.requests).set(request.id, request) };
}
