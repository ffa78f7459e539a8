import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { losingItems, valueOf, visibleItem } from '#lib/documents/history.ts';
import { newDocument } from '#lib/documents/new-document.ts';

// history.ts, new-document.ts and undo-step.ts read what Yjs does not promise. When yjs is updated this says what moved.

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly version?: string;
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest;
}

/** Documents of fixed client ids: in Yjs the higher id wins a concurrent write. */
function client(id: number, doc = newDocument()): Y.Doc {
  doc.clientID = id;
  return doc;
}

function bothWrite(left: Y.Doc, right: Y.Doc): void {
  left.getMap('m').set('k', 'left');
  right.getMap('m').set('k', 'right');
  Y.applyUpdate(left, Y.encodeStateAsUpdate(right));
}

test('D8: yjs is pinned to the exact version whose internals are read', () => {
  const pinned = manifest('../../../package.json').dependencies?.['yjs'];
  expect(pinned).toBe('13.6.33');
  expect(manifest('../../../node_modules/yjs/package.json').version).toBe(pinned);
});

test('D8: a map keeps for each key its visible item, and to the left of it those before', () => {
  const doc = client(1);
  const map = doc.getMap('m');
  map.set('k', 'a');
  const first = visibleItem(map, 'k');
  map.set('k', 'b');
  const second = visibleItem(map, 'k');
  expect(second?.left).toBe(first);
  expect(first?.right).toBe(second);
  expect(second?.origin).toEqual(first?.lastId);
  expect([second?.right, second?.deleted, second?.parentSub, first?.left]).toEqual([null, false, 'k', null]);
  expect(second === undefined ? null : valueOf(second)).toBe('b');
});

test('D8: a value that was typed over is freed, one that lost is kept', () => {
  const [left, right] = [client(1), client(2)];
  left.getMap('m').set('k', 'seen');
  Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
  bothWrite(left, right);
  const map = left.getMap('m');
  const visible = visibleItem(map, 'k');
  const lost = visible?.left;
  const seen = lost?.left;
  expect([visible, lost].map((item) => item && valueOf(item))).toEqual(['right', 'left']);
  expect([lost?.deleted, seen?.deleted]).toEqual([true, true]);
  expect([lost?.content.constructor, seen?.content.constructor]).toEqual([Y.ContentAny, Y.ContentDeleted]);
  expect([...losingItems(map, 'k')]).toEqual([lost]);
});

test('D8: a plain document erases what lost, so nobody may re-encode with one', () => {
  const [left, right] = [client(1, new Y.Doc()), client(2, new Y.Doc())];
  bothWrite(left, right);
  expect([...losingItems(left.getMap('m'), 'k')].map(valueOf)).toEqual([undefined]);
});

test('D8: the filter hears of an item when its right neighbour is known', () => {
  const heard: (readonly [parentSub: string | null, hasRight: boolean])[] = [];
  const doc = new Y.Doc({
    gcFilter: (item) => {
      heard.push([item.parentSub, item.right !== null]);
      return true;
    },
  });
  doc.getMap('m').set('k', 1);
  doc.getMap('m').set('k', 2);
  expect(heard).toEqual([['k', true]]);
});

test('D9: a write that loses on arrival fires no key event, but its key is among those the transaction changed', () => {
  const [left, right] = [client(1), client(2)];
  right.getMap('m').set('k', 'right');
  left.getMap('m').set('k', 'left');
  const keysInEvent: string[] = [];
  const keysInTransaction: (string | null)[] = [];
  right.getMap('m').observe((event) => keysInEvent.push(...event.changes.keys.keys()));
  right.on('afterTransaction', ({ changed }) => {
    for (const keys of changed.values()) keysInTransaction.push(...keys);
  });
  Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
  expect(keysInEvent).toEqual([]);
  expect(keysInTransaction).toEqual(['k']);
});

test('D9: an update that came before its predecessor is parked without an event', () => {
  const source = client(1);
  const updates: Uint8Array[] = [];
  source.on('update', (bytes: Uint8Array) => updates.push(bytes));
  source.getMap('m').set('a', 1);
  source.getMap('m').set('b', 2);
  const doc = newDocument();
  let events = 0;
  doc.on('update', () => (events += 1));
  Y.applyUpdate(doc, updates[1] ?? new Uint8Array());
  expect([events, doc.store.pendingStructs !== null, doc.getMap('m').size]).toEqual([0, true, 0]);
  Y.applyUpdate(doc, updates[0] ?? new Uint8Array());
  expect([doc.store.pendingStructs, doc.getMap('m').get('b')]).toEqual([null, 2]);
});

test('D9: a map received before its type was named becomes another object over the same keys', () => {
  const source = client(1);
  source.getMap('m').set('k', 1);
  const doc = newDocument();
  const changed: unknown[] = [];
  doc.on('afterTransaction', (transaction) => changed.push(...[...transaction.changed.keys()].map(({ _map }) => _map)));
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source));
  const received = doc.share.get('m');
  expect(doc.getMap('m')).not.toBe(received);
  expect(changed).toEqual([doc.getMap('m')._map]);
  expect(changed[0]).toBe(doc.getMap('m')._map);
});

test('D16: within a transaction the value before is still there to be read', () => {
  const doc = newDocument();
  doc.getMap('m').set('k', 'before');
  const seen: unknown[] = [];
  doc.on('afterTransaction', () => {
    const previous = visibleItem(doc.getMap('m'), 'k')?.left;
    seen.push(previous ? valueOf(previous) : null);
  });
  doc.getMap('m').set('k', 'after');
  expect(seen).toEqual(['before']);
});
