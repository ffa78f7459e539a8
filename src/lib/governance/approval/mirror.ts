/** What of approvals and closings is mirrored, so that it can be read offline by those it is for. (A11) */
import type { DecisionEvent } from '../event.ts';
import { fullDigest } from '../digest.ts';
import type { DocumentWrite, MirrorRecord } from '../document-write.ts';
import type { Terms } from '../state.ts';
import type { ApprovalEvent } from './commands.ts';
import type { ApprovalRequest } from './request.ts';

/** `approvals/<area>`: `requests`, `askings`. `decisions/root`: `policy`, `periods`, `closings`, `amendments`. Plans: the moved amounts. */
export function approvalWrites(event: ApprovalEvent, { approvals }: Terms): readonly DocumentWrite[] {
  switch (event.kind) {
    case 'policy-set':
      return [root('policy', { id: 'policy', policy: event.policy })];
    case 'submitted':
      return [...requestWrites([event.request]), ...askingWrites(event.request)];
    case 'approved':
      return requestWrites([...approvals.requests.values()].filter((request) => isTouched(request, event)));
    case 'submission-ended':
      return [...approvals.requests.values()]
        .filter(({ id }) => id === event.request)
        .flatMap((request) => [...requestWrites([request]), ...askingWrites(request)]);
    case 'transferred':
      return [
        ...requestWrites([...approvals.requests.values()].filter(({ subject }) => subject.kind === 'version')),
        ...event.phases.map(({ document, line, period, amount }): DocumentWrite => {
          return { kind: 'amend', document, collection: 'lines', id: line, fields: { [period]: amount } };
        }),
      ];
    case 'period-closed':
      return [root('periods', { ...event.closing, id: event.closing.period })];
    case 'period-reopened':
      return [
        { kind: 'remove', document: 'decisions/root', collection: 'periods', id: event.period },
        root('reopened', { ...approvals.closings.get(event.period), id: event.period }),
        // The next reopening takes the place of that one; this one stays.
        root('closings', { ...approvals.closings.get(event.period), id: occasion(event.period, event.at) }),
      ];
    case 'amendment-opened':
      return [root('amendments', { ...event.amendment, id: event.id })];
  }
}

/** The request that was signed, and the one that an approved amendment takes the place of. */
function isTouched(
  { id, status, ended }: ApprovalRequest,
  { request, approval }: Extract<DecisionEvent, { kind: 'approved' }>,
): boolean {
  return id === request || (status === 'superseded' && ended?.at === approval.at);
}

/** In the document of each of its areas: whoever reads one of them reads the request. */
function requestWrites(requests: readonly ApprovalRequest[]): readonly DocumentWrite[] {
  return requests.flatMap((request) =>
    request.areas.map((area): DocumentWrite => {
      return { kind: 'put', document: `approvals/${area}`, collection: 'requests', record: { ...request } };
    }),
  );
}

/** A request that is asked again replaces what it was; that it was asked, by whom, and how it ended, stays. */
function askingWrites(asked: ApprovalRequest): readonly DocumentWrite[] {
  const { id: request, areas, subject, transfer, by, at, hash, value, status, ended } = asked;
  const record = { id: occasion(request, at), request, subject, transfer, by, at, hash, value, status, ended };
  return areas.map((area): DocumentWrite => {
    return { kind: 'put', document: `approvals/${area}`, collection: 'askings', record };
  });
}

/** An id for what happened to something at an instant: instants themselves are no ids. */
function occasion(what: string, at: string): string {
  return fullDigest([what, at]).slice(0, 32);
}

function root(collection: string, record: MirrorRecord): DocumentWrite {
  return { kind: 'put', document: 'decisions/root', collection, record };
}
