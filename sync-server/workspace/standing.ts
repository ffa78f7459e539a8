/** Who may do what in a workspace at the moment, and what that means for one document. */
import { nameFromText } from '#lib/documents/document-name.ts';
import type { People } from '#lib/governance/people/people.ts';
import { access } from '#lib/governance/rights/access.ts';
import type { Access } from '#lib/governance/rights/access.ts';
import { mayRead, mayWrite } from '#lib/governance/rights/rights.ts';
import type { NackReason } from '#lib/sync/protocol.ts';

/** The people of a workspace on one day, as of one epoch of its rights. */
export interface Standing {
  readonly people: People;
  readonly epoch: number;
  /** ISO date, by the server's clock in UTC. */
  readonly today: string;
}

/** Whether somebody may write a document, judged in one epoch. */
export interface Right {
  readonly refusal: NackReason | null;
  readonly epoch: number;
}

/** What one member may do. */
export function accessOf({ people, today }: Standing, member: string): Access {
  return access(people, member, today);
}

/** Whether somebody may have a byte of the document, its name and head included. */
export function mayReceive(access: Access, document: string): boolean {
  const name = nameFromText(document);
  return name !== null && mayRead(access, name);
}

/** Why somebody may not write the document; null when they may. Seals are the storage's to judge, as it appends. */
export function refusalToWrite(access: Access, document: string): NackReason | null {
  const name = nameFromText(document);
  if (name === null) return 'not-allowed';
  return mayRead(access, name) ? mayWrite(access, name, false) : 'revoked';
}
