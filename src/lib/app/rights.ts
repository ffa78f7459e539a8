/** What the person at this device may do: the same table the decider asks, over what is known here. */
import { nameFromText } from '#lib/documents/document-name.ts';
import type { Command } from '#lib/governance/command.ts';
import { explainPeople } from '#lib/governance/people/explain-people.ts';
import type { Role } from '#lib/governance/people/people.ts';
import { access, type Access } from '#lib/governance/rights/access.ts';
import { chainReach, mayGive, mayGiveKind, mayRead, mayWrite } from '#lib/governance/rights/rights.ts';
import type { Reference } from './reference.ts';

export interface Rights {
  /** Held somewhere today, or in somebody's place. */
  readonly roles: ReadonlySet<Role>;
  /** Null when commands of this kind may be given somewhere; otherwise why not, as a sentence. */
  why(kind: Command['kind']): string | null;
  /** Null when just this command may be given, as far as it says itself where; otherwise why not, as a sentence. */
  whyNot(command: Command): string | null;
  /** Null when the document may be written; otherwise why not, as a sentence. */
  whyReadOnly(document: string): string | null;
  /** Whether expenses can be captured: whoever has an inbox may. */
  readonly captures: boolean;
  /** Whether the document may be on this device at all. */
  readonly mayRead: (document: string) => boolean;
  /** How much of the audit chain the server hands out. */
  readonly chain: ReturnType<typeof chainReach>;
  /** What all of this rests on, as text: the same for the same rights. */
  readonly extent: string;
}

export function rightsOf(reference: Reference, member: string, today: string): Rights {
  const held = accessOf(reference, member, today);
  const whyReadOnly = (document: string): string | null => {
    const name = nameFromText(document);
    const refusal = name === null ? 'not-allowed' : mayWrite(held, name, false);
    return refusal === null ? null : READ_ONLY;
  };
  return {
    roles: new Set([...held.held, ...held.delegated].map(({ role }) => role)),
    why: (kind) => {
      const refusal = mayGiveKind(held, kind);
      return refusal === null ? null : explainPeople(refusal);
    },
    whyNot: (command) => {
      const refusal = mayGive(held, command);
      return refusal === null ? null : explainPeople(refusal);
    },
    whyReadOnly,
    captures: whyReadOnly(`inbox/${member}`) === null,
    mayRead: (document) => {
      const name = nameFromText(document);
      return name !== null && mayRead(held, name);
    },
    chain: chainReach(held),
    extent: JSON.stringify([held.held, held.delegated]),
  };
}

const READ_ONLY = 'Your role lets you read this and not change it. Ask an owner for the right.';

function accessOf({ members, delegations }: Reference, member: string, today: string): Access {
  const people = {
    members: new Map(members.map((each) => [each.id, each])),
    invitations: new Map(),
    delegations: new Map(delegations.map((each) => [each.id, { ...each, revokedAt: null }])),
  };
  return access(people, member, today);
}
