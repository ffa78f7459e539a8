/** Reading a document as it stands, for a moment. */
import type * as Y from 'yjs';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows } from '#lib/documents/replica.ts';
import type { Storage } from '../storage/storage.ts';

const PAGE_BYTES = 4 * 1024 * 1024;

/** What `read` makes of the document; of an empty one where there is none. It is gone afterwards. */
export async function readDocument<T>(
  storage: Pick<Storage, 'head' | 'rows'>,
  workspace: string,
  name: string,
  read: (doc: Y.Doc) => T,
): Promise<T> {
  const head = (await storage.head(workspace, name))?.head ?? 0;
  const doc = newDocument();
  try {
    for (let after = 0; after < head;) {
      const { rows, damagedAt } = await storage.rows(workspace, name, after, PAGE_BYTES);
      const last = rows.at(-1);
      if (last === undefined) throw new Error(`${name} is damaged at ${damagedAt ?? after}`);
      applyRows(
        doc,
        rows.map(({ bytes }) => ({ bytes, format: 'v1' as const })),
      );
      after = last.seq;
    }
    return read(doc);
  } finally {
    doc.destroy();
  }
}
