import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { mergeUpdates } from '#server/update/merge-updates.ts';

test('merging in groups is merging', () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => updates.push(bytes));
  for (let n = 0; n < 300; n += 1) doc.getMap('entries').set(`k${n % 40}`, n);
  expect(mergeUpdates(updates)).toEqual(Y.mergeUpdates(updates));
  expect(mergeUpdates([])).toEqual(new Uint8Array([0, 0]));
});
