/** `decisions/<area>`: the decision log's state, mirrored by the decider so that it can be read offline. */
import * as v from 'valibot';
import { isFiscalCalendar, type FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { ApprovalPolicy } from '#lib/governance/approval/policy.ts';
import type { Amendment, SealedDocument } from '#lib/governance/approval/request.ts';
import { policy as readPolicy } from '#lib/governance/approval/schema.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import type { Delegation, Member, Retention } from '#lib/governance/people/people.ts';
import { ROLES } from '#lib/governance/people/people.ts';
import type { OpenInvitation } from '#lib/governance/people/writes-people.ts';
import { count, currencyCode, isoDate, optionalDate, reference, text } from './field-readers.ts';
import { plainSchema } from './record-schema.ts';

/** What the workspace was founded with and renamed to. One record, its id is `workspace`. */
export interface WorkspaceMirror {
  readonly id: string;
  readonly name: string;
  readonly baseCurrency: string;
  readonly calendar: FiscalCalendar;
  readonly founder: string;
}

/** A rate under an id of the decider's making. */
export interface RateMirror extends ExchangeRate {
  readonly id: string;
}

/** A closed period; its id is the period's key. */
export interface ClosedPeriod {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  /** Its ledger documents as they were sealed. */
  readonly documents: readonly SealedDocument[];
  /** Over all of them. */
  readonly hash: string;
}

/** The latest closing of a period that was opened again. */
export interface ReopenedPeriod {
  readonly id: string;
  readonly reopened: { readonly by: string; readonly at: string; readonly reason: string };
}

/** One closing of a period that was opened again, which may have been closed and opened again since. */
export interface EndedClosing extends ReopenedPeriod {
  readonly period: string;
  readonly by: string;
  readonly at: string;
  readonly hash: string;
}

/** The policy in force. One record, its id is `policy`; none where nobody has set one. */
export interface PolicyMirror {
  readonly id: string;
  readonly policy: ApprovalPolicy;
}

/** A draft that is to take the place of an approved version; its id is the draft's. */
export interface AmendmentMirror extends Amendment {
  readonly id: string;
}

/** Why an expense came back, as it was kept before `returns/<member>` was there. Removed when it is posted again. */
interface ReturnedExpense {
  readonly id: string;
  readonly reason: string;
  /** The generation its next posting makes. */
  readonly generation: number;
}

const workspace = plainSchema<WorkspaceMirror>(
  ['name', 'baseCurrency', 'calendar', 'founder'],
  v.object({
    id: text,
    name: text,
    baseCurrency: currencyCode,
    calendar: v.custom<FiscalCalendar>(isFiscalCalendar, 'a fiscal calendar'),
    founder: text,
  }),
);

const departments = plainSchema<Department>(
  ['versions', 'closedFrom', 'area'],
  v.object({
    id: text,
    versions: v.array(
      v.object({ from: optionalDate, name: text, code: text, parentId: reference, managerId: reference }),
    ),
    closedFrom: optionalDate,
    area: v.boolean(),
  }),
);

const rates = plainSchema<RateMirror>(
  ['from', 'to', 'rate', 'date', 'source'],
  v.object({ id: text, from: currencyCode, to: currencyCode, rate: text, date: isoDate, source: text }),
);

/** None in what was closed before closings named them. */
const documents = v.optional(v.array(v.object({ document: text, hash: text })), []);

const periods = plainSchema<ClosedPeriod>([], v.object({ id: text, by: text, at: text, documents, hash: text }));

const reopened = plainSchema<ReopenedPeriod>(
  [],
  v.object({ id: text, reopened: v.object({ by: text, at: text, reason: text }) }),
);

const closings = plainSchema<EndedClosing>(
  [],
  v.object({
    id: text,
    period: text,
    by: text,
    at: text,
    hash: text,
    reopened: v.object({ by: text, at: text, reason: text }),
  }),
);

const policy = plainSchema<PolicyMirror>(['policy'], v.object({ id: text, policy: readPolicy }));

const amendments = plainSchema<AmendmentMirror>(
  ['of', 'name', 'by', 'at', 'reason'],
  v.object({ id: text, of: text, name: text, by: text, at: text, reason: text }),
);

const returned = plainSchema<ReturnedExpense>(
  ['reason', 'generation'],
  v.object({ id: text, reason: text, generation: count }),
);

const grants = v.array(
  v.object({
    id: text,
    role: v.picklist(ROLES),
    areas: v.nullable(v.array(text)),
    from: optionalDate,
    until: optionalDate,
    limit: v.nullable(count),
  }),
);

const members = plainSchema<Member>(
  ['name', 'grants', 'joinedAt', 'removedAt'],
  v.object({
    id: text,
    name: text,
    grants,
    joinedAt: v.nullable(text),
    removedAt: v.nullable(text),
    erasedAt: v.exactOptional(text),
  }),
);

/** How long what is about erased people stays. One record, its id is `retention`; none where nobody has said. */
export interface RetentionMirror extends Retention {
  readonly id: string;
}

const retention = plainSchema<RetentionMirror>([], v.object({ id: text, records: count, audit: count }));

const invitations = plainSchema<OpenInvitation>(
  ['name', 'grants', 'expires', 'by', 'at'],
  v.object({ id: text, name: text, grants, expires: text, by: text, at: text }),
);

/** A delegation that was not taken back. */
export type StandingDelegation = Omit<Delegation, 'revokedAt'>;

const delegations = plainSchema<StandingDelegation>(
  ['by', 'to', 'from', 'until', 'limit'],
  v.object({ id: text, by: text, to: text, from: isoDate, until: isoDate, limit: v.nullable(count) }),
);

export const decisionsSchemas = {
  workspace,
  departments,
  rates,
  periods,
  reopened,
  closings,
  policy,
  amendments,
  returned,
  members,
  invitations,
  delegations,
  retention,
};
