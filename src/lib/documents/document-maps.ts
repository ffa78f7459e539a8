/** Which maps a document consists of: one for each collection, and two of the document's own. */
import type * as Y from 'yjs';

/** Resolved conflicts. */
export const DISMISSED = 'dismissed';
/** The formats the document has been written in. */
export const FORMATS = 'formats';

/** The collections of a document, by name. */
export function tableMaps(doc: Y.Doc): readonly (readonly [collection: string, map: Y.Map<unknown>])[] {
  const names = [...doc.share.keys()].filter((name) => name !== DISMISSED && name !== FORMATS).sort();
  return names.map((name) => [name, doc.getMap(name)]);
}
