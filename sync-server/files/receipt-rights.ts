/** Who may give a receipt for a document, and who may have it: as they may write and read the document itself. */
import { nameFromText } from '#lib/documents/document-name.ts';
import { access } from '#lib/governance/rights/access.ts';
import type { Access } from '#lib/governance/rights/access.ts';
import type { Deciders } from '../workspace/deciders.ts';
import { mayReceive, refusalToWrite } from '../workspace/standing.ts';
import type { Authorised } from './authorise.ts';

export interface ReceiptRights {
  /** Whether the member may write the inbox that names the receipt. */
  mayGive(by: Authorised, document: string): Promise<boolean>;
  /** Whether the member may read the inbox or the ledger that names it. */
  mayHave(by: Authorised, document: string): Promise<boolean>;
}

export function receiptRights(deciders: Pick<Deciders, 'of'>): ReceiptRights {
  const accessOf = async ({ workspace, member }: Authorised): Promise<Access> => {
    const { people, today } = await deciders.of(workspace).standing(member);
    return access(people, member, today);
  };
  return {
    mayGive: async (by, document) =>
      nameFromText(document)?.kind === 'inbox' && refusalToWrite(await accessOf(by), document) === null,
    mayHave: async (by, document) => {
      const kind = nameFromText(document)?.kind;
      return (kind === 'inbox' || kind === 'ledger') && mayReceive(await accessOf(by), document);
    },
  };
}
