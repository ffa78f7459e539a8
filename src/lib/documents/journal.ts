/**
 * What stored updates changed, in terms of records: read from the updates as they were written, because a document
 * that has been applied no longer holds what was typed over. (D20)
 */
import * as Y from 'yjs';
import type { JsonValue } from '#lib/domain/json.ts';
import { DISMISSED, FORMATS } from './document-maps.ts';
import type { DocumentName } from './document-name.ts';
import { columnsOf } from './documents.ts';
import { valueOf } from './history.ts';
import { DELETED, decodeBase, decodeEdit, isRecordKey, keyParts, type Fields } from './record-layout.ts';
import type { UpdateFormat } from './update-row.ts';

export interface RecordChange {
  /** Index of the update that it came with. */
  readonly update: number;
  /** The Yjs client id that wrote it: the server binds each to one member. */
  readonly client: number;
  readonly collection: string;
  readonly id: string;
  /** Who wrote it and when, as the writing device said; null where a record was added. */
  readonly said: { readonly member: string; readonly at: string } | null;
  readonly what:
    | { readonly kind: 'added'; readonly fields: Fields }
    | { readonly kind: 'removed' | 'restored' }
    /** `from` is what its author saw; undefined where the field was not set. */
    | {
        readonly kind: 'edited';
        readonly field: string;
        readonly from: JsonValue | undefined;
        readonly to: JsonValue | undefined;
      };
}

/** Every change in a document's updates, in their order. A write whose predecessor is not among them is left out. */
export function changesIn(
  name: DocumentName | null,
  updates: readonly { readonly bytes: Uint8Array; readonly format: UpdateFormat }[],
): readonly RecordChange[] {
  const writes = writesIn(updates);
  const bases = new Map<string, Fields>();
  for (const { collection, key, value } of writes) {
    const base = typeof value === 'string' ? decodeBase(value, columnsOf(name, collection)) : null;
    if (base !== null && isRecordKey(key)) bases.set(`${collection}/${key}`, base);
  }
  return writes.flatMap((write) => {
    const what = whatOf(write, bases.get(`${write.collection}/${keyParts(write.key).id}`));
    if (what === null) return [];
    const { update, client, collection } = write;
    return [{ update, client, collection, id: keyParts(write.key).id, said: saidBy(write.value), what }];
  });
}

interface Write {
  readonly update: number;
  readonly client: number;
  readonly collection: string;
  readonly key: string;
  readonly value: unknown;
  /** The write that was visible to its author. */
  readonly over: Write | null;
}

/** All writes under keys of records, each once. */
function writesIn(updates: Parameters<typeof changesIn>[1]): readonly Write[] {
  const items = itemsIn(updates);
  const writes = new Map<string, Write>();
  for (const id of items.keys()) follow(id, items, writes);
  return [...items.keys()].flatMap((id) => {
    const write = writes.get(id);
    return write === undefined || OWN_MAPS.has(write.collection) || !isRecordKey(write.key) ? [] : [write];
  });
}

/** Maps that hold no records. */
const OWN_MAPS: ReadonlySet<string> = new Set([DISMISSED, FORMATS]);

interface StoredItem {
  readonly item: Y.Item;
  readonly update: number;
}

function itemsIn(updates: Parameters<typeof changesIn>[1]): ReadonlyMap<string, StoredItem> {
  const items = new Map<string, StoredItem>();
  for (const [update, { bytes, format }] of updates.entries()) {
    const { structs } = format === 'v2' ? Y.decodeUpdateV2(bytes) : Y.decodeUpdate(bytes);
    for (const item of structs) {
      if (item instanceof Y.Item && !items.has(idText(item.id))) items.set(idText(item.id), { item, update });
    }
  }
  return items;
}

/**
 * Finds out where an item was written. Yjs says map and key only of an item that follows no other; any other has those
 * of the one it was typed over, which may stand behind it where several clients wrote.
 */
function follow(id: string, items: ReadonlyMap<string, StoredItem>, writes: Map<string, Write>): void {
  const waiting: StoredItem[] = [];
  let stored = items.get(id);
  while (stored !== undefined && !writes.has(idText(stored.item.id))) {
    waiting.push(stored);
    stored = stored.item.origin === null ? undefined : items.get(idText(stored.item.origin));
  }
  for (const { item, update } of waiting.reverse()) {
    const over = item.origin === null ? null : writes.get(idText(item.origin));
    const collection = over?.collection ?? item.parent;
    const key = over?.key ?? item.parentSub;
    // What it was typed over is not here, and so nothing that was typed over it can be told.
    if (over === undefined || typeof collection !== 'string' || typeof key !== 'string') return;
    const { client } = item.id;
    writes.set(idText(item.id), { update, client, collection, key, value: valueOf(item), over });
  }
}

function whatOf({ key, value, over }: Write, base: Fields | undefined): RecordChange['what'] | null {
  const { field } = keyParts(key);
  if (field === null) return base === undefined || over !== null ? null : { kind: 'added', fields: base };
  const edit = decodeEdit(value);
  if (edit === null) return null;
  const [to] = edit;
  if (field === DELETED) return { kind: to === false ? 'restored' : 'removed' };
  const from = over === null ? base?.[field] : decodeEdit(over.value)?.[0];
  return { kind: 'edited', field, from, to };
}

function saidBy(value: unknown): RecordChange['said'] {
  const edit = decodeEdit(value);
  return edit === null ? null : { member: edit[1], at: edit[2] };
}

function idText({ client, clock }: { readonly client: number; readonly clock: number }): string {
  return `${client} ${clock}`;
}
