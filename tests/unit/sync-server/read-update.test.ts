import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { rangesOf } from '#server/update/read-update.ts';

test('every cut of an update is found out', () => {
  const doc = new Y.Doc();
  doc.getMap('entries').set('a', { nested: [1, 'two', null] });
  doc.getMap('entries').set('a', 'again');
  const update = Y.encodeStateAsUpdate(doc);
  expect(rangesOf(update)).toEqual({ ok: true, value: [{ client: doc.clientID, from: 0, to: 2 }] });
  for (let length = 0; length < update.length; length += 1) {
    expect(rangesOf(update.slice(0, length))).toEqual({ ok: false, error: 'damaged' });
    expect(rangesOf(update.subarray(0, length))).toEqual({ ok: false, error: 'damaged' });
  }
});
