/** Who may write and read which document. Judged by its name only: an update's content stays opaque. */
import { nameFromText } from '#lib/documents/document-name.ts';
import type { NackReason } from '#lib/sync/protocol.ts';

export interface Writer {
  readonly member: string;
  readonly isFounder: boolean;
}

/** Null when the member may write. `isMember` tells the members of this workspace from ids a restored copy brought. */
export async function refusalToWrite(
  document: string,
  writer: Writer,
  isMember: (id: string) => Promise<boolean>,
): Promise<NackReason | null> {
  const name = nameFromText(document);
  switch (name?.kind) {
    case undefined:
      return 'not-allowed';
    case 'ledger':
    case 'approvals':
    case 'decisions':
      return 'decider-only';
    case 'inbox': {
      const isOrphan = writer.isFounder && !(await isMember(name.member));
      return name.member === writer.member || isOrphan ? null : 'not-allowed';
    }
    case 'core':
    case 'plan':
    case 'talk':
      return null;
  }
}
