/** Commands and events about people, and the people of a snapshot, as they may come from outside. */
import * as v from 'valibot';
import { count, hash, id, instant, isoDate, shortText, tellingText } from '../schema/fields.ts';
import { ROLES, type Grant } from './people.ts';

const name = v.pipe(tellingText, v.maxLength(200));
const optionalName = v.pipe(shortText, v.maxLength(200));
const limit = v.nullable(count);
const optionalDate = v.nullable(isoDate);

const grant: v.GenericSchema<unknown, Grant> = v.strictObject({
  id,
  role: v.picklist(ROLES),
  areas: v.nullable(v.pipe(v.array(id), v.maxLength(200), v.readonly())),
  from: optionalDate,
  until: optionalDate,
  limit,
});
const grants = v.pipe(v.array(grant), v.maxLength(50), v.readonly());

const invitation = { id, name, tokenHash: hash, grants, expires: instant };
const delegation = { id, to: id, from: isoDate, until: isoDate, limit };

const years = v.pipe(count, v.maxValue(100));
const retention = { records: years, audit: years };

export const peopleCommands = [
  v.strictObject({ kind: v.literal('invite'), ...invitation }),
  v.strictObject({ kind: v.literal('revoke-invitation'), id }),
  v.strictObject({ kind: v.literal('join'), invitation: id, member: id, name: optionalName }),
  v.strictObject({ kind: v.literal('rename-member'), member: id, name }),
  v.strictObject({ kind: v.literal('grant'), member: id, grant }),
  v.strictObject({ kind: v.literal('revoke-grant'), member: id, grant: id }),
  v.strictObject({ kind: v.literal('remove-member'), member: id }),
  v.strictObject({ kind: v.literal('erase-member'), member: id }),
  v.strictObject({ kind: v.literal('set-retention'), ...retention }),
  v.strictObject({ kind: v.literal('delegate'), ...delegation }),
  v.strictObject({ kind: v.literal('revoke-delegation'), id }),
] as const;

export const peopleEvents = [
  v.strictObject({ kind: v.literal('invited'), ...invitation, by: id, at: instant }),
  v.strictObject({ kind: v.literal('invitation-revoked'), id, at: instant }),
  v.strictObject({
    kind: v.literal('member-joined'),
    member: id,
    name: optionalName,
    grants,
    invitation: v.nullable(id),
    at: instant,
  }),
  v.strictObject({ kind: v.literal('member-renamed'), member: id, name }),
  v.strictObject({ kind: v.literal('granted'), member: id, grant }),
  v.strictObject({ kind: v.literal('grant-revoked'), member: id, grant: id }),
  v.strictObject({ kind: v.literal('member-removed'), member: id, at: instant }),
  v.strictObject({
    kind: v.literal('member-erased'),
    member: id,
    name,
    at: instant,
    remains: v.pipe(v.array(v.strictObject({ seq: count, digest: hash })), v.readonly()),
  }),
  v.strictObject({ kind: v.literal('retention-set'), ...retention }),
  v.strictObject({ kind: v.literal('delegated'), ...delegation, by: id }),
  v.strictObject({ kind: v.literal('delegation-revoked'), id, at: instant }),
] as const;

const member = v.strictObject({
  id,
  name: optionalName,
  grants,
  joinedAt: v.nullable(instant),
  removedAt: v.nullable(instant),
  erasedAt: v.exactOptional(instant),
});

/** The people as lists, as a snapshot keeps them. */
export const peopleLists = v.strictObject({
  members: v.pipe(v.array(member), v.readonly()),
  invitations: v.pipe(
    v.array(
      v.strictObject({
        ...invitation,
        by: id,
        at: instant,
        acceptedBy: v.nullable(id),
        revokedAt: v.nullable(instant),
      }),
    ),
    v.readonly(),
  ),
  delegations: v.pipe(v.array(v.strictObject({ ...delegation, by: id, revokedAt: v.nullable(instant) })), v.readonly()),
  retention: v.exactOptional(v.strictObject(retention)),
});
