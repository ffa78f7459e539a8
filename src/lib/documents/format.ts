/**
 * Which format a document is written in. Every app that writes a higher one than it finds adds its number, so the
 * highest number merges by itself; documents of the first format carry none. (D13)
 */
import type * as Y from 'yjs';
import { FORMATS } from './document-maps.ts';

/** The newest format this app reads and the one it writes. */
const DOCUMENT_FORMAT = 1;

/** Why a document can be read but not written here: a newer version of the app has written in it. */
export interface NewerFormat {
  readonly kind: 'newer-format';
  readonly found: number;
  readonly known: number;
}

export function formatOf(doc: Y.Doc): number {
  const numbers = [...doc.getMap(FORMATS).keys()].map(Number).filter(Number.isSafeInteger);
  return Math.max(1, ...numbers);
}

/** Null when the document may be written. */
export function readOnlyReason(doc: Y.Doc, known = DOCUMENT_FORMAT): NewerFormat | null {
  const found = formatOf(doc);
  return found > known ? { kind: 'newer-format', found, known } : null;
}

/** Says in the document that it is written in this format from now on. */
export function markFormat(doc: Y.Doc, format = DOCUMENT_FORMAT): void {
  if (format > formatOf(doc)) doc.getMap(FORMATS).set(String(format), true);
}
