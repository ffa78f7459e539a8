/** The questions about rights: pure, and asked by the app for what it offers and by the server for what it allows. */
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Command } from '../command.ts';
import type { DecisionEvent } from '../event.ts';
import { ROLES } from '../people/people.ts';
import type { PeopleRefusal } from '../people/refusal.ts';
import type { Access } from './access.ts';
import { MAY_GIVE, MAY_READ, MAY_READ_CHAIN, MAY_WRITE, type DocumentKind, type Reach } from './table.ts';

/** What of a document's name rights are judged by. */
export interface Named {
  readonly kind: DocumentKind;
  readonly area?: string;
  readonly member?: string;
}

/** Why a document may not be written. */
export type WriteRefusal = 'not-allowed' | 'decider-only' | 'sealed';

/** Whether the member may have a single byte of the document. */
export function mayRead(access: Access, { kind, area, member }: Named): boolean {
  const reaches = MAY_READ[kind];
  const where = { areas: area === undefined ? null : [area], member: member ?? null };
  if (access.held.some((held) => reachesTo(reaches[held.role], held.areas, where, access.member))) return true;
  // Whoever stands in for somebody reads what an approver does, and no more.
  return access.delegated.some(({ areas }) => reachesTo(reaches.approver, areas, where, access.member));
}

/** Null when the member may write the document; `sealed` says that it was submitted, approved or closed. */
export function mayWrite(access: Access, { kind, area, member }: Named, sealed: boolean): WriteRefusal | null {
  const reaches = MAY_WRITE[kind];
  if (reaches === 'decider') return 'decider-only';
  const where = { areas: area === undefined ? null : [area], member: member ?? null };
  const may = access.held.some((held) => reachesTo(reaches[held.role], held.areas, where, access.member));
  const isOrphan = kind === 'inbox' && member !== undefined && !access.known.has(member);
  if (!may && !(isOrphan && access.held.some(({ role }) => role === 'owner'))) return 'not-allowed';
  return sealed ? 'sealed' : null;
}

/**
 * How much of the audit chain a member is handed: every entry with what it says, or every entry and what it says only as
 * far as the documents it is about may be read, or nothing. (audit: A19)
 */
export function chainReach({ held }: Pick<Access, 'held'>): 'whole' | 'part' | 'none' {
  const handed = held.filter(({ role }) => MAY_READ_CHAIN[role] !== 'none');
  if (handed.length === 0) return 'none';
  return handed.some(({ role, areas }) => MAY_READ_CHAIN[role] === 'any' || areas === null) ? 'whole' : 'part';
}

/** Null when the member may give the command, as far as it says itself where it takes effect. */
export function mayGive(access: Access, command: Command): PeopleRefusal | null {
  return mayGiveKind(access, command.kind) ?? mayReach(access, command.kind, reachOf(command));
}

/** Null when the member may give commands of this kind anywhere: what a button is offered by. */
export function mayGiveKind(access: Access, kind: Command['kind']): PeopleRefusal | null {
  const reaches = MAY_GIVE[kind];
  if (typeof reaches === 'string') return { kind: 'not-allowed', roles: [] };
  if (access.held.some(({ role }) => reaches[role] !== 'none')) return null;
  return { kind: 'not-allowed', roles: ROLES.filter((role) => reaches[role] !== 'none') };
}

/** Null when what was decided stays within the areas in which the member may have it decided. */
export function mayCause(
  access: Access,
  kind: Command['kind'],
  events: readonly DecisionEvent[],
): PeopleRefusal | null {
  const areas = [...new Set(events.flatMap(areasOf))];
  return mayReach(access, kind, { areas, member: null });
}

/** Whether what members may do is not the same after this was decided. */
export function changesRights({ kind }: DecisionEvent): boolean {
  return CHANGING.has(kind);
}

const CHANGING: ReadonlySet<DecisionEvent['kind']> = new Set([
  'invitation-revoked',
  'member-joined',
  'granted',
  'grant-revoked',
  'member-removed',
  'delegated',
  'delegation-revoked',
]);

interface Where {
  /** All of them have to be reached; null when none is concerned. */
  readonly areas: readonly string[] | null;
  readonly member: string | null;
}

function mayReach(access: Access, kind: Command['kind'], where: Where): PeopleRefusal | null {
  const reaches = MAY_GIVE[kind];
  if (typeof reaches === 'string') return { kind: 'not-allowed', roles: [] };
  const reached = (here: Where): boolean =>
    access.held.some((held) => reachesTo(reaches[held.role], held.areas, here, access.member));
  const outside = where.areas?.filter((area) => !reached({ ...where, areas: [area] })) ?? [];
  if (outside.length > 0) return { kind: 'not-in-area', areas: outside };
  if (where.member === null || reached(where)) return null;
  return { kind: 'not-allowed', roles: ROLES.filter((role) => reaches[role] === 'any') };
}

function reachesTo(reach: Reach, granted: readonly string[] | null, { areas, member }: Where, self: string): boolean {
  switch (reach) {
    case 'none':
      return false;
    case 'own':
      return member === self;
    case 'areas':
      return granted === null || areas?.every((area) => granted.includes(area)) === true;
    case 'whole':
      return granted === null;
    case 'any':
      return true;
  }
}

/** Where a command takes effect by what it says itself: entries carry their area, some commands their member. */
function reachOf(command: Command): Where {
  switch (command.kind) {
    case 'return':
    case 'reverse':
    case 'recode':
      return { areas: command.entries.map(({ area }) => area), member: null };
    case 'rename-member':
      return { areas: null, member: command.member };
    default:
      return { areas: null, member: null };
  }
}

/** The areas in which something is decided. */
function areasOf(event: DecisionEvent): readonly string[] {
  return event.kind === 'submitted' ? event.request.areas : entriesOf(event).map(({ area }) => area);
}

function entriesOf(event: DecisionEvent): readonly LedgerEntry[] {
  switch (event.kind) {
    case 'posted':
      return event.postings.map(({ entry }) => entry);
    case 'returned':
    case 'reversed':
      return event.reversals;
    case 'recoded':
      return event.recodings.flatMap(({ reversal, entry }) => [reversal, entry]);
    default:
      return [];
  }
}
