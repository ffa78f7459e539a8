/** Puts together everything that is kept about one member of a workspace. */
import { contentOf } from '#lib/documents/content.ts';
import { nameFromText } from '#lib/documents/document-name.ts';
import { openLedger, openTalk } from '#lib/documents/documents.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { AuditEntry } from '#lib/governance/audit/entry.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { Member, People } from '#lib/governance/people/people.ts';
import { PERSON_FORMAT } from '#lib/governance/privacy/person-file.ts';
import type { PersonAccount, PersonFile } from '#lib/governance/privacy/person-file.ts';
import type { AccountStorage } from '../accounts/account-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { readDocument } from '../workspace/read-document.ts';
import { namesMember } from './names-member.ts';

export interface Kept {
  readonly storage: Pick<Storage, 'heads' | 'head' | 'rows' | 'log' | 'audit' | 'devicesOf'>;
  readonly accounts: AccountStorage;
}

interface Wanted {
  readonly workspace: string;
  readonly member: Member;
  readonly people: People;
  readonly madeBy: string;
  readonly at: string;
}

const PAGE = 500;

export async function collectPerson(
  kept: Kept,
  { workspace, member, people, madeBy, at }: Wanted,
): Promise<PersonFile> {
  const { id } = member;
  return {
    format: PERSON_FORMAT,
    workspace,
    member: id,
    at,
    madeBy,
    membership: membershipOf(member, people),
    account: await accountOf(kept.accounts, workspace, id),
    devices: await kept.storage.devicesOf(workspace, id),
    ...(await writtenBy(kept, workspace, id)),
    decisions: await decisionsOf(kept, workspace, id),
    chain: await chainOf(kept, workspace, id),
  };
}

function membershipOf(member: Member, { invitations, delegations }: People): PersonFile['membership'] {
  return {
    ...member,
    invitations: [...invitations.values()]
      .filter(({ acceptedBy }) => acceptedBy === member.id)
      .map(({ tokenHash: _tokenHash, ...invitation }) => invitation),
    delegations: [...delegations.values()].filter(({ by, to }) => by === member.id || to === member.id),
  };
}

async function accountOf(accounts: AccountStorage, workspace: string, member: string): Promise<PersonAccount | null> {
  const id = await accounts.accountOfMember(workspace, member);
  const account = id === null ? null : await accounts.account(id);
  if (account === null) return null;
  const [password, passkeys, providers, sessions] = await Promise.all([
    accounts.password(account.id),
    accounts.passkeys(account.id),
    accounts.subjects(account.id),
    accounts.sessions(account.id),
  ]);
  return {
    id: account.id,
    name: account.name,
    ownsServer: account.isOwner,
    createdAt: account.createdAt,
    hasPassword: password !== null,
    passkeys: passkeys.map(({ createdAt, usedAt, transports }) => ({ createdAt, usedAt, transports })),
    providers,
    sessions: sessions.map(({ device, name, createdAt, usedAt, endedAt }) => ({
      device,
      name,
      createdAt,
      usedAt,
      endedAt,
    })),
  };
}

/** One document after the other, so that a large workspace is never in memory as a whole. */
async function writtenBy(
  { storage }: Kept,
  workspace: string,
  member: string,
): Promise<Pick<PersonFile, 'inbox' | 'entries' | 'comments'>> {
  const found = { inbox: [] as PersonFile['inbox'][number][], entries: [] as PersonFile['entries'][number][] };
  const comments: JsonValue[] = [];
  const heads = await storage.heads(workspace);
  for (const { document } of heads.toSorted((a, b) => (a.document < b.document ? -1 : 1))) {
    const name = nameFromText(document);
    if (name?.kind === 'inbox' && name.member === member) {
      const records = await readDocument(storage, workspace, document, (doc) => contentOf(document, doc));
      found.inbox.push(...records.map(([collection, id, fields]) => ({ collection, id, fields })));
    } else if (name?.kind === 'ledger') {
      const entries = await readDocument(storage, workspace, document, (doc) => [...openLedger(doc).entries.all()]);
      found.entries.push(...entries.filter(({ capturedBy, postedBy }) => [capturedBy, postedBy].includes(member)));
    } else if (name?.kind === 'talk') {
      const written = await readDocument(storage, workspace, document, (doc) => [...openTalk(doc).comments.all()]);
      comments.push(...written.filter(({ writtenBy: by }) => by === member).map((comment) => ({ ...comment })));
    }
  }
  return { ...found, comments };
}

async function decisionsOf({ storage }: Kept, workspace: string, member: string): Promise<PersonFile['decisions']> {
  const found: PersonFile['decisions'][number][] = [];
  for await (const entry of logOf(storage, workspace)) {
    const { seq, decidedAt: at, command, by, contents } = entry;
    const events = contents?.events ?? [];
    const own = by === member ? events : events.filter((event) => 'member' in event && event.member === member);
    if (by === member || own.length > 0) found.push({ seq, at, command, by, events: own });
  }
  return found;
}

async function* logOf(storage: Pick<Storage, 'log'>, workspace: string): AsyncGenerator<LogEntry> {
  for (let after = 0; ;) {
    const entries = await storage.log(workspace, after, PAGE);
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

async function chainOf({ storage }: Kept, workspace: string, member: string): Promise<readonly AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (let after = 0; ;) {
    const { entries, damagedAt } = await storage.audit(workspace, after, PAGE);
    found.push(...entries.filter((entry) => namesMember(entry, member)));
    const last = damagedAt ?? entries.at(-1)?.seq;
    if (last === undefined) return found;
    after = last;
  }
}
