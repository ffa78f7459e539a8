import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { splitUpdate } from '#lib/sync/split-update.ts';

type Edit = readonly [key: string, value: string | null];

function docWith(edits: readonly Edit[]): Y.Doc {
  const doc = new Y.Doc();
  const map = doc.getMap('entries');
  for (const [key, value] of edits)
    if (value === null) map.delete(key);
    else map.set(key, value);
  return doc;
}

function appliedInOrder(parts: readonly Uint8Array[]): unknown {
  const doc = new Y.Doc();
  for (const part of parts) Y.applyUpdate(doc, part);
  expect(doc.store.pendingStructs).toBeNull();
  expect(doc.store.pendingDs).toBeNull();
  return doc.getMap('entries').toJSON();
}

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.option(fc.string({ maxLength: 80 }), { nil: null, freq: 4 }),
);

test('an update that is small enough stays as it is', () => {
  const update = Y.encodeStateAsUpdate(docWith([['a', 'x']]));
  expect(splitUpdate(update, 1000)).toEqual([update]);
});

test('the parts are small enough and add up to the whole, deletions included', () => {
  const several = fc.array(fc.array(edit, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(several, (people) => {
      const merged = new Y.Doc();
      for (const edits of people) Y.applyUpdate(merged, Y.encodeStateAsUpdate(docWith(edits)));
      const parts = splitUpdate(Y.encodeStateAsUpdate(merged), 200);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(200);
      expect(appliedInOrder(parts)).toEqual(merged.getMap('entries').toJSON());
    }),
  );
});

test('an update with a hole in it is cut around the hole', () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => updates.push(bytes));
  for (let n = 0; n < 20; n += 1) doc.getMap('entries').set(`k${n}`, 'x'.repeat(30));
  const holed = Y.mergeUpdates(updates.filter((_, n) => n !== 7));
  const parts = [...splitUpdate(holed, 200), updates[7] as Uint8Array];
  expect(appliedInOrder(parts)).toEqual(doc.getMap('entries').toJSON());
});
