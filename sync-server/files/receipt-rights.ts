/** Who may give a receipt for a document, and who may have it: as they may write and read the document itself. */
import { nameFromText } from '#lib/documents/document-name.ts';
import type { Storage } from '../storage/storage.ts';
import { refusalToWrite } from '../workspace/permission.ts';
import type { Authorised } from './authorise.ts';

export interface ReceiptRights {
  /** Whether the member may write the inbox that names the receipt. */
  mayGive(by: Authorised, document: string): Promise<boolean>;
  /** Whether the member may read the inbox or the ledger that names it. */
  mayHave(by: Authorised, document: string): Promise<boolean>;
}

export function receiptRights(storage: Pick<Storage, 'workspace' | 'isMember'>): ReceiptRights {
  return {
    async mayGive({ workspace, member }, document) {
      if (nameFromText(document)?.kind !== 'inbox') return false;
      const founded = await storage.workspace(workspace);
      const writer = { member, isFounder: founded?.founder === member };
      return (await refusalToWrite(document, writer, (id) => storage.isMember(workspace, id))) === null;
    },
    mayHave: (_by, document) => {
      const kind = nameFromText(document)?.kind;
      return Promise.resolve(kind === 'inbox' || kind === 'ledger');
    },
  };
}
