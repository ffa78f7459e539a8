import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { updatesOf } from '#lib/documents/replica.ts';
import { mergeOffThread } from '#server/update/merge-off-thread.ts';
import { mergeUpdates } from '#server/update/merge-updates.ts';

function updates(count: number): readonly Uint8Array[] {
  const doc = new Y.Doc();
  return updatesOf(doc, () => {
    for (let n = 0; n < count; n += 1) doc.getMap('entries').set(`k${n}`, 'x'.repeat(100));
  });
}

test('another thread merges what this one would, several at a time and few at all', async () => {
  const [few, some, many] = [updates(3), updates(300), updates(800)];
  const merged = await Promise.all([few, some, many].map((one) => mergeOffThread(one)));
  expect(merged).toEqual([few, some, many].map((one) => mergeUpdates(one)));
});

test('what cannot be merged is said, and the next is merged all the same', async () => {
  const some = updates(300);
  await expect(mergeOffThread([...some, new Uint8Array([255, 255, 255])])).rejects.toThrow();
  expect(await mergeOffThread(some)).toEqual(mergeUpdates(some));
});

test('this thread goes on while another one merges', async () => {
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 0);
  await mergeOffThread(updates(4000));
  clearInterval(counting);
  expect(turns).toBeGreaterThan(3);
});
