import type * as Y from 'yjs';

/** All maps of a document as text that is the same for the same content. */
export function textOf(doc: Y.Doc): string {
  const maps = [...doc.share.keys()].toSorted().map((name) => {
    const entries = Object.entries(doc.getMap(name).toJSON());
    return [name, entries.toSorted(([one], [other]) => (one < other ? -1 : 1))] as const;
  });
  return JSON.stringify(maps.filter(([, entries]) => entries.length > 0));
}
