/** Everything that a server keeps about one member of a workspace, as one file. docs/person-file.md describes it. */
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { AuditEntry } from '../audit/entry.ts';
import type { DecisionEvent } from '../event.ts';
import type { Delegation, Invitation, Member } from '../people/people.ts';

export const PERSON_FORMAT = 'outlay person 1';

export interface PersonFile {
  readonly format: typeof PERSON_FORMAT;
  readonly workspace: string;
  readonly member: string;
  /** When it was made, and by which member. */
  readonly at: string;
  readonly madeBy: string;
  readonly membership: Member & {
    /** By which they joined. */
    readonly invitations: readonly Omit<Invitation, 'tokenHash'>[];
    readonly delegations: readonly Delegation[];
  };
  /** Null for a member who has no account any more. */
  readonly account: PersonAccount | null;
  /** Devices that may connect to this workspace as this member. */
  readonly devices: readonly MemberDevice[];
  /** What is in their inbox: expenses that they captured, and imports. */
  readonly inbox: readonly DocumentRecord[];
  /** Entries of the ledger that they captured or posted. */
  readonly entries: readonly LedgerEntry[];
  readonly comments: readonly JsonValue[];
  readonly decisions: readonly PersonDecision[];
  /** Entries of the audit chain that name them. */
  readonly chain: readonly AuditEntry[];
}

interface DocumentRecord {
  readonly collection: string;
  readonly id: string;
  readonly fields: JsonValue;
}

/** Who they are on the server, and what they prove it by: never a secret. */
export interface PersonAccount {
  readonly id: string;
  readonly name: string;
  readonly ownsServer: boolean;
  readonly createdAt: string;
  readonly hasPassword: boolean;
  readonly passkeys: readonly {
    readonly createdAt: string;
    readonly usedAt: string | null;
    readonly transports: readonly string[];
  }[];
  readonly providers: readonly { readonly issuer: string; readonly subject: string }[];
  readonly sessions: readonly {
    readonly device: string;
    readonly name: string;
    readonly createdAt: string;
    readonly usedAt: string;
    readonly endedAt: string | null;
  }[];
}

export interface MemberDevice {
  readonly id: string;
  readonly joinedAt: string;
}

/** A decision that they gave, in full; of another's, only what names them. */
interface PersonDecision {
  readonly seq: number;
  readonly at: string;
  readonly command: string;
  readonly by: string;
  readonly events: readonly DecisionEvent[];
}
