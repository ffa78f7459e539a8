/** The state as something to store, so that a start does not fold a long log from its beginning. (G23) */
import * as v from 'valibot';
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import { approvalsFrom, approvalsSchema, storedApprovals, type StoredApprovals } from './approval/stored.ts';
import type { Head } from './decision-log.ts';
import type { Delegation, Invitation, Member, People, Retention } from './people/people.ts';
import { peopleLists } from './people/schema.ts';
import { bytesOfPostings, postingsFromBytes } from './postings.ts';
import type { Standpoint } from './replay.ts';
import { count, hash, id, periodKey, shortText, tellingText } from './schema/fields.ts';
import { calendar, departmentVersion, rate } from './schema/records.ts';
import type { State, Workspace } from './state.ts';

/** Plain data and bytes: survives structured cloning. Worthless without the log: `head` says after which entry. */
export interface Snapshot {
  readonly format: 2;
  readonly head: Head;
  readonly workspace: Workspace | null;
  readonly departments: readonly Department[];
  readonly rates: State['rates'];
  readonly closed: readonly string[];
  readonly people: PeopleLists;
  readonly approvals: StoredApprovals;
  /** 56 bytes for each expense ever posted, in the byte order of little-endian machines. */
  readonly postings: Uint8Array;
}

interface PeopleLists {
  readonly members: readonly Member[];
  readonly invitations: readonly Invitation[];
  readonly delegations: readonly Delegation[];
  readonly retention?: Retention;
}

export function snapshotOf({ head, state }: Standpoint): Snapshot {
  const { closed, people, approvals, postings, ...plain } = state;
  return {
    format: 2,
    head,
    ...plain,
    closed: [...closed],
    people: {
      members: [...people.members.values()],
      invitations: [...people.invitations.values()],
      delegations: [...people.delegations.values()],
      ...(people.retention && { retention: people.retention }),
    },
    approvals: storedApprovals(approvals),
    postings: bytesOfPostings(postings),
  };
}

/** The standpoint a snapshot was taken at; null when it cannot be read, and the log is to be replayed instead. */
export function standpointFrom(value: unknown): Standpoint | null {
  const snapshot = v.safeParse(schema, value);
  if (!snapshot.success) return null;
  const { format: _format, head, closed, people, approvals: stored, postings: bytes, ...plain } = snapshot.output;
  const postings = postingsFromBytes(bytes);
  const approvals = approvalsFrom(stored);
  return (
    postings && { head, state: { ...plain, closed: new Set(closed), people: peopleFrom(people), approvals, postings } }
  );
}

function peopleFrom({ members, invitations, delegations, ...rest }: PeopleLists): People {
  return { members: byId(members), invitations: byId(invitations), delegations: byId(delegations), ...rest };
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((each) => [each.id, each]));
}

const department: v.GenericSchema<unknown, Department> = v.strictObject({
  id,
  versions: v.pipe(v.array(departmentVersion), v.readonly()),
  closedFrom: v.nullable(v.custom<string>(isIsoDate)),
  area: v.boolean(),
});

const schema: v.GenericSchema<unknown, Snapshot> = v.strictObject({
  format: v.literal(2),
  head: v.strictObject({ seq: count, hash }),
  workspace: v.nullable(v.strictObject({ name: tellingText, baseCurrency: shortText, calendar, founder: id })),
  departments: v.pipe(v.array(department), v.readonly()),
  rates: v.pipe(v.array(rate), v.readonly()),
  closed: v.pipe(v.array(periodKey), v.readonly()),
  people: peopleLists,
  approvals: approvalsSchema,
  postings: v.instance(Uint8Array),
});
