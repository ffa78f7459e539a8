/** Commands and events about approving and closing, as they may come over the wire or out of a store. */
import * as v from 'valibot';
import { count, hash, id, instant, integer, optionalId, periodKey, shortText, tellingText } from '../schema/fields.ts';
import type { ApprovalPolicy, Subject } from './policy.ts';
import type { Amendment, Approval, ApprovalRequest, Asking, Cell, Closing } from './request.ts';

type Reads<T> = v.GenericSchema<unknown, T>;

const MOST = 200;
const few = <S extends v.GenericSchema>(item: S) => v.pipe(v.array(item), v.maxLength(MOST), v.readonly());
const note = v.pipe(v.string(), v.maxLength(2000));
const documentName = v.pipe(v.string(), v.maxLength(200));
const optionalCount = v.nullable(count);
const conflict = v.picklist(['edit-approve', 'post-close', 'roles-approve']);
const order = v.picklist(['in-order', 'parallel']);

const step = v.strictObject({
  id,
  roles: v.pipe(v.array(v.picklist(['owner', 'controller', 'approver'])), v.minLength(1), v.maxLength(3), v.readonly()),
  limit: optionalCount,
});

const steps = few(step);
const answer = v.picklist(['refuse', 'report']);

export const policy: Reads<ApprovalPolicy> = v.strictObject({
  rules: few(
    v.strictObject({
      id,
      subject: v.nullable(v.picklist(['part', 'version', 'transfer'])),
      areas: v.nullable(few(id)),
      from: count,
      order,
      steps,
    }),
  ),
  fourEyesFrom: optionalCount,
  splitDays: v.nullable(v.pipe(count, v.maxValue(366))),
  conflicts: v.strictObject({ 'edit-approve': answer, 'post-close': answer, 'roles-approve': answer }),
});

const plan = [
  v.strictObject({ kind: v.literal('part'), version: id, area: id }),
  v.strictObject({ kind: v.literal('version'), version: id }),
] as const;
const subject: Reads<Subject> = v.variant('kind', [
  ...plan,
  v.strictObject({ kind: v.literal('transfer'), transfer: id }),
]);

const cell: Reads<Cell> = v.strictObject({ area: id, line: id, period: periodKey });
const positive = v.pipe(count, v.minValue(1));
const transferFields = {
  version: id,
  from: cell,
  to: cell,
  amount: positive,
  currency: shortText,
  commitment: positive,
  vendor: optionalId,
  reason: tellingText,
};

const sealed = v.strictObject({ document: documentName, hash });

const approval: Reads<Approval> = v.strictObject({
  step: id,
  by: id,
  for: optionalId,
  at: instant,
  hash,
  note,
  conflicts: few(conflict),
});

const STATUSES = ['open', 'approved', 'returned', 'withdrawn', 'superseded'] as const;

const ended = v.strictObject({ by: id, at: instant, reason: tellingText });

export const approvalRequest: Reads<ApprovalRequest> = v.strictObject({
  id,
  subject,
  hash,
  documents: v.pipe(v.array(sealed), v.readonly()),
  areas: v.pipe(v.array(id), v.readonly()),
  transfer: v.nullable(v.strictObject(transferFields)),
  by: id,
  at: instant,
  note,
  value: count,
  route: v.strictObject({ rule: id, order, steps }),
  split: v.nullable(v.strictObject({ with: v.pipe(v.array(id), v.readonly()), alone: count })),
  approvals: few(approval),
  voided: v.pipe(
    v.array(v.strictObject({ approvals: few(approval), by: id, at: instant, why: tellingText })),
    v.readonly(),
  ),
  status: v.picklist(STATUSES),
  ended: v.nullable(ended),
});

/** Read from a mirror only, so what a later version adds to it is let through. */
export const asking: Reads<Asking> = v.object({
  id: v.string(),
  request: id,
  subject,
  transfer: v.nullable(v.strictObject(transferFields)),
  by: id,
  at: instant,
  hash,
  value: count,
  status: v.picklist(STATUSES),
  ended: v.nullable(ended),
});

export const closing: Reads<Closing> = v.strictObject({
  period: periodKey,
  by: id,
  at: instant,
  documents: v.pipe(v.array(sealed), v.readonly()),
  hash,
  conflicts: few(conflict),
  reopened: v.nullable(ended),
});

export const amendment: Reads<Amendment> = v.strictObject({
  of: id,
  name: tellingText,
  by: id,
  at: instant,
  reason: tellingText,
});

export const approvalCommands = [
  v.strictObject({ kind: v.literal('set-policy'), policy }),
  v.strictObject({ kind: v.literal('submit'), id, subject: v.variant('kind', plan), hash, note }),
  v.strictObject({ kind: v.literal('approve'), request: id, hash, note }),
  v.strictObject({ kind: v.literal('return-submission'), request: id, reason: tellingText }),
  v.strictObject({ kind: v.literal('withdraw'), request: id, reason: tellingText }),
  v.strictObject({ kind: v.literal('close-period'), period: periodKey, hashes: v.record(documentName, hash) }),
  v.strictObject({ kind: v.literal('reopen-period'), period: periodKey, reason: tellingText }),
  v.strictObject({ kind: v.literal('transfer-budget'), id, ...transferFields }),
  v.strictObject({ kind: v.literal('open-amendment'), id, of: id, name: tellingText, reason: tellingText }),
] as const;

export const approvalEvents = [
  v.strictObject({ kind: v.literal('policy-set'), policy }),
  v.strictObject({ kind: v.literal('submitted'), request: approvalRequest }),
  v.strictObject({ kind: v.literal('approved'), request: id, approval, isFinal: v.boolean() }),
  v.strictObject({
    kind: v.literal('submission-ended'),
    request: id,
    how: v.picklist(['returned', 'withdrawn']),
    by: id,
    at: instant,
    reason: tellingText,
  }),
  v.strictObject({
    kind: v.literal('transferred'),
    request: id,
    version: id,
    by: id,
    at: instant,
    phases: few(v.strictObject({ document: documentName, line: id, period: periodKey, amount: integer })),
    documents: v.record(documentName, hash),
  }),
  v.strictObject({ kind: v.literal('period-closed'), closing }),
  v.strictObject({ kind: v.literal('period-reopened'), period: periodKey, by: id, at: instant, reason: tellingText }),
  v.strictObject({ kind: v.literal('amendment-opened'), id, amendment }),
] as const;
