/** Which rows, and which parts of merged ones, were typed on this device. */
import * as Y from 'yjs';
import { clientsIn } from '#lib/documents/partial-update.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { StoredDocument, StoredRow } from './database.ts';

/** The key of a row that came from the server. */
export function receivedKey(
  document: string,
  incarnation: string,
  { first, seq }: { first: number; seq: number },
): string {
  return `${document}@${incarnation}:${first}-${seq}`;
}

/** Whether the row is as it was typed here: neither received nor merged. */
export function isOwn({ key, document, firstSeq, serverSeq }: StoredRow): boolean {
  return !key.startsWith(`${document}@`) && firstSeq === serverSeq;
}

/** The document, knowing whose these rows of its own are: they are about to be merged with others. */
export function noteOwn(document: StoredDocument, rows: readonly StoredRow[]): StoredDocument {
  const own = rows.filter(isOwn).flatMap((row) => clientsIn(bytesInV1(row)));
  return own.length === 0
    ? document
    : { ...document, ownClients: [...new Set([...(document.ownClients ?? []), ...own])] };
}

export function bytesInV1({ bytes, format }: UpdateRow): Uint8Array {
  return format === 'v1' ? bytes : Y.convertUpdateFormatV2ToV1(bytes);
}
