/** What was submitted, approved and closed, who may decide, and by which policy: from this device's projections. */
import { DEFAULT_POLICY, type ApprovalPolicy } from '#lib/governance/approval/policy.ts';
import type { ApprovalRequest } from '#lib/governance/approval/request.ts';
import { access, type Access } from '#lib/governance/rights/access.ts';
import type { ReferenceCollections } from '#lib/store/reference-mirror.ts';
import type { Reader } from '../reader.ts';

export type Request = ApprovalRequest;
export type Policy = ApprovalPolicy;

export interface Governed {
  /** Of the areas that are read here, the oldest first. */
  readonly requests: readonly Request[];
  readonly policy: Policy;
  readonly amendments: readonly ReferenceCollections['amendments'][];
  readonly closed: readonly ReferenceCollections['periods'][];
  readonly reopened: readonly ReferenceCollections['reopened'][];
  /** Every closing that was opened again, and every submission, as far as they were kept: earlier versions did not. */
  readonly closings: readonly ReferenceCollections['closings'][];
  readonly askings: readonly ReferenceCollections['askings'][];
  readonly delegations: readonly ReferenceCollections['delegations'][];
  readonly members: readonly ReferenceCollections['members'][];
}

export async function readGoverned(reader: Reader): Promise<Governed> {
  const [requests, policies, amendments, closed, reopened, closings, askings, delegations, members] = await Promise.all(
    [
      reader.reference('requests'),
      reader.reference('policy'),
      reader.reference('amendments'),
      reader.reference('periods'),
      reader.reference('reopened'),
      reader.reference('closings'),
      reader.reference('askings'),
      reader.reference('delegations'),
      reader.reference('members'),
    ],
  );
  return {
    // One of several areas stands in the document of each of them.
    requests: [...new Map(requests.map((request) => [request.id, request])).values()].sort(byTime),
    policy: policies[0]?.policy ?? DEFAULT_POLICY,
    amendments,
    closed,
    reopened,
    closings,
    askings,
    delegations,
    members,
  };
}

/** What a member may today, as the decider will see it. */
export function accessOf({ members, delegations }: Governed, member: string, today: string): Access {
  const people = {
    members: new Map(members.map((each) => [each.id, each])),
    invitations: new Map(),
    delegations: new Map(delegations.map((each) => [each.id, { ...each, revokedAt: null }])),
  };
  return access(people, member, today);
}

function byTime(a: Request, b: Request): number {
  return a.at === b.at ? 0 : a.at < b.at ? -1 : 1;
}
