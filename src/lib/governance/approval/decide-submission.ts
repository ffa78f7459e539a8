/** Submitting a plan, and taking a submission back or sending it back. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import { holdsOn } from '../people/people.ts';
import type { Stamp } from '../decide-posting.ts';
import { valueInBase } from '../placing.ts';
import { access } from '../rights/access.ts';
import type { Founded } from '../state.ts';
import type { ApprovalCommand, ApprovalEvent, ApprovalRefusal } from './commands.ts';
import { hashOfDocuments } from './content.ts';
import { documentsFor, versionDocuments, type DocumentFact, type Facts } from './facts.ts';
import { mayReturn } from './may-return.ts';
import { costLines } from './plan-content.ts';
import { routeOf } from './policy.ts';
import { partRequest, versionRequest, type ApprovalRequest, type SealedDocument } from './request.ts';
import { valuationOf } from './split.ts';

type Of<K extends ApprovalCommand['kind']> = Extract<ApprovalCommand, { kind: K }>;
type Decided = Result<readonly ApprovalEvent[], ApprovalRefusal>;
type Submission = Omit<ApprovalRequest, 'value' | 'route' | 'split'>;

/** A part or a whole version waits for approval, sealed as it is. (A1, A5) */
export function decideSubmission(state: Founded, command: Of<'submit'>, stamp: Stamp, facts: Facts): Decided {
  const { id, subject, hash, note } = command;
  const { requests } = state.approvals;
  const present = requests.get(id);
  if (present !== undefined)
    return present.hash === hash && present.by === stamp.by ? ok([]) : err({ kind: 'id-taken' });
  const standing = standingFor(state, command);
  if (standing !== null) return err(standing);
  const documents = sealable(facts, documentsFor(command, state));
  if (!documents.ok) return documents;
  const [first] = documents.value;
  const found = subject.kind === 'part' ? first?.hash : hashOfDocuments(documents.value);
  if (found !== hash) return err({ kind: 'content-moved', document: null, by: null });
  const worth = costOf(state, facts, stamp.at);
  if (!worth.ok) return worth;
  const areas = documents.value.map(({ document }) => document.split('/')[2] ?? '');
  const request: Submission = { ...blank(stamp), id, subject, hash, documents: documents.value, areas, note };
  return submitted(state, request, worth.value, stamp.at);
}

/** A request with the signatures it needs by policy, or why there are none that could be asked for. */
export function submitted(state: Founded, request: Submission, alone: number, at: string): Decided {
  const { policy, requests } = state.approvals;
  const today = at.slice(0, 10);
  const valuation = valuationOf(policy, request, alone, {
    earlier: requests.values(),
    limits: limitsOf(state, today),
    today,
  });
  if (valuation === null) return err({ kind: 'no-rule', value: alone });
  const { rule, value, split } = valuation;
  return ok([{ kind: 'submitted', request: { ...request, value, split, route: routeOf(policy, rule, value) } }]);
}

/** What every new request begins with. */
export function blank({
  by,
  at,
}: Stamp): Pick<ApprovalRequest, 'by' | 'at' | 'transfer' | 'approvals' | 'voided' | 'status' | 'ended'> {
  return { by, at, transfer: null, approvals: [], voided: [], status: 'open', ended: null };
}

/** Whoever submitted takes it back, also after it was approved; the approvals are void then. (A3) */
export function decideWithdrawal(state: Founded, command: Of<'withdraw'>, stamp: Stamp): Decided {
  return decideEnd(state, command, stamp, 'withdrawn', (request) =>
    request.by === stamp.by ? null : { kind: 'not-yours' },
  );
}

/** Whoever may sign a step, or finance, sends it back with a reason. (A3) */
export function decideReturn(state: Founded, command: Of<'return-submission'>, stamp: Stamp): Decided {
  const reader = access(state.people, stamp.by, stamp.at.slice(0, 10));
  return decideEnd(state, command, stamp, 'returned', (request) =>
    mayReturn(reader, request) ? null : { kind: 'not-your-step', roles: ['approver', 'controller', 'owner'] },
  );
}

function decideEnd(
  state: Founded,
  command: Of<'withdraw' | 'return-submission'>,
  { by, at }: Stamp,
  how: 'returned' | 'withdrawn',
  refusalOf: (request: ApprovalRequest) => ApprovalRefusal | null,
): Decided {
  const request = state.approvals.requests.get(command.request);
  if (request === undefined) return err({ kind: 'unknown-request' });
  const { status, subject } = request;
  const isApprovedPart = status === 'approved' && subject.kind === 'part';
  if (status !== 'open' && !isApprovedPart) return err({ kind: 'request-settled', status });
  const isInVersion = subject.kind === 'part' && versionRequest(state.approvals.requests.values(), subject.version);
  if (isInVersion) return err({ kind: 'version-submitted' });
  const refusal = refusalOf(request);
  if (refusal !== null) return err(refusal);
  return ok([{ kind: 'submission-ended', request: request.id, how, by, at, reason: command.reason }]);
}

/** Documents that can be sealed as they are: all there, without a gap. */
export function sealable(facts: Facts, names: readonly string[]): Result<readonly SealedDocument[], ApprovalRefusal> {
  const documents: SealedDocument[] = [];
  for (const document of names) {
    const fact: DocumentFact | undefined = facts.documents.get(document);
    if (fact?.isComplete !== true) return err({ kind: 'document-incomplete', document });
    documents.push({ document, hash: fact.hash });
  }
  return ok(documents);
}

/** What stands or waits already. */
function standingFor(state: Founded, { subject }: Of<'submit'>): ApprovalRefusal | null {
  const requests = [...state.approvals.requests.values()];
  if (subject.kind === 'part') {
    const standing = partRequest(requests, subject.version, subject.area);
    return standing === null ? null : { kind: 'already-submitted', request: standing.id };
  }
  const standing = versionRequest(requests, subject.version);
  if (standing !== null) return { kind: 'already-submitted', request: standing.id };
  const undecided = versionDocuments(subject.version, state.departments)
    .map((document) => document.split('/')[2] ?? '')
    .find((area) => partRequest(requests, subject.version, area)?.status === 'open');
  return undecided === undefined ? null : { kind: 'part-undecided', area: undecided };
}

/** What the lines cost together, in the base currency at the rates of the day: what a plan is routed by. (A5) */
function costOf(state: Founded, facts: Facts, at: string): Result<number, ApprovalRefusal> {
  let sum = 0;
  for (const { records } of facts.documents.values()) {
    const lines = costLines(records, state.workspace.calendar);
    if (!lines.ok) return lines;
    for (const line of lines.value) {
      const valued = inBase(state, line, at);
      if (!valued.ok) return valued;
      sum += valued.value;
    }
  }
  const base = state.workspace.baseCurrency;
  return Number.isSafeInteger(sum) ? ok(sum) : err({ kind: 'amount-too-large', currency: base, base });
}

/** An amount in the base currency at the rate of the day. */
export function inBase(
  state: Founded,
  money: { readonly amount: number; readonly currency: string },
  at: string,
): Result<number, ApprovalRefusal> {
  const valued = valueInBase(state, money, at.slice(0, 10));
  if (valued.ok) return ok(valued.value.baseAmount);
  const base = state.workspace.baseCurrency;
  if (valued.error.kind === 'no-rate') return err(valued.error);
  return err({ kind: 'amount-too-large', currency: money.currency, base });
}

/** The limits that approvers hold today. */
function limitsOf({ people }: Founded, today: string): readonly number[] {
  return [...people.members.values()].flatMap(({ grants, removedAt }) =>
    removedAt === null
      ? grants.flatMap((grant) => (grant.limit !== null && holdsOn(grant, today) ? [grant.limit] : []))
      : [],
  );
}
