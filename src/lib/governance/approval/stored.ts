/** The approvals of a state as plain data, for its snapshot. */
import * as v from 'valibot';
import { id, periodKey } from '../schema/fields.ts';
import type { ApprovalPolicy } from './policy.ts';
import type { Amendment, ApprovalRequest, Approvals, Closing } from './request.ts';
import { amendment, approvalRequest, closing, policy } from './schema.ts';

export interface StoredApprovals {
  readonly policy: ApprovalPolicy;
  readonly requests: readonly ApprovalRequest[];
  readonly amendments: Readonly<Record<string, Amendment>>;
  readonly closings: readonly Closing[];
  readonly posters: Readonly<Record<string, readonly string[]>>;
}

export function storedApprovals({ policy: set, requests, amendments, closings, posters }: Approvals): StoredApprovals {
  return {
    policy: set,
    requests: [...requests.values()],
    amendments: Object.fromEntries(amendments),
    closings: [...closings.values()],
    posters: Object.fromEntries(posters),
  };
}

export function approvalsFrom({ policy: set, requests, amendments, closings, posters }: StoredApprovals): Approvals {
  return {
    policy: set,
    requests: new Map(requests.map((request) => [request.id, request])),
    amendments: new Map(Object.entries(amendments)),
    closings: new Map(closings.map((each) => [each.period, each])),
    posters: new Map(Object.entries(posters)),
  };
}

export const approvalsSchema: v.GenericSchema<unknown, StoredApprovals> = v.strictObject({
  policy,
  requests: v.pipe(v.array(approvalRequest), v.readonly()),
  amendments: v.record(id, amendment),
  closings: v.pipe(v.array(closing), v.readonly()),
  posters: v.record(periodKey, v.pipe(v.array(id), v.readonly())),
});
