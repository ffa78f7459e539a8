import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows } from '#lib/documents/replica.ts';
import { newId } from '#lib/domain/id.ts';
import { compact } from '#lib/store/compaction.ts';
import { syncStoreOf } from '#lib/store/sync-store.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import { logForTest, serverRows, updateSetting } from './log-for-test.ts';

const LOCAL = { isShared: false, upTo: Number.MAX_SAFE_INTEGER, newId };
const SHARED = { ...LOCAL, isShared: true };

async function stateOf(log: UpdateLog): Promise<Uint8Array> {
  const loaded = await log.load('core');
  const doc = newDocument();
  applyRows(doc, loaded.ok ? loaded.value.rows : []);
  return Y.encodeStateAsUpdate(doc);
}

test('S14: many small rows become few, and the document is the same', async () => {
  const { log, database } = await logForTest();
  const doc = new Y.Doc();
  doc.on('update', (bytes: Uint8Array) => log.append('core', bytes));
  for (let i = 0; i < 300; i += 1) doc.getMap('notes').set(`key${i % 20}`, `value ${i}`);
  await log.flush();
  const before = await stateOf(log);
  expect(await compact(database, 'core', LOCAL)).toBe(299);
  expect(await stateOf(log)).toEqual(before);
  expect(await database.updates.toArray()).toMatchObject([{ number: 300, format: 'v2', state: 'unacknowledged' }]);
});

test('S14: whoever has read up to a number has not missed what was merged below it', async () => {
  const { log, database } = await logForTest();
  for (let i = 0; i < 4; i += 1) log.append('core', updateSetting(`k${i}`, 'v'));
  await log.flush();
  await compact(database, 'core', { ...LOCAL, upTo: 3 });
  expect((await database.updates.toArray()).map(({ number }) => number)).toEqual([3, 4]);
  const loaded = await log.load('core', 3);
  expect(loaded.ok && loaded.value.rows.length).toBe(1);
});

test('S14: in a shared workspace no unacknowledged row is ever merged, and merged rows still cover their numbers', async () => {
  const { log, database } = await logForTest();
  const store = syncStoreOf(log);
  const rows = serverRows(1, ...[1, 2, 3, 4].map((n) => updateSetting(`s${n}`, 'v')));
  await store.receive('core', { incarnation: 'i', rows: rows.slice(0, 2), clients: [] });
  const mine = log.append('core', updateSetting('mine', 'v'));
  await log.flush();
  await store.receive('core', { incarnation: 'i', rows: rows.slice(2), clients: [] });
  const before = await stateOf(log);
  expect(await compact(database, 'core', SHARED)).toBe(2);
  expect((await store.unacknowledged('core')).map(({ key }) => key)).toEqual([mine.key]);
  expect(await stateOf(log)).toEqual(before);
  await store.receive('core', { incarnation: 'i', rows, clients: [] });
  expect(await database.updates.count()).toBe(3);
});

test('S14: compacting at any time between typing, receiving and acknowledging loses nothing', async () => {
  const steps = fc.array(fc.constantFrom('type', 'receive', 'acknowledge', 'compact'), { minLength: 4, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const { log, database } = await logForTest();
      const store = syncStoreOf(log);
      const expected: Record<string, string> = {};
      let seq = 0;
      for (const [i, step] of sequence.entries()) {
        if (step === 'type') {
          log.append('core', updateSetting(`mine${i}`, 'v'));
          expected[`mine${i}`] = 'v';
        } else if (step === 'receive') {
          seq += 1;
          const rows = serverRows(seq, updateSetting(`theirs${i}`, 'v'));
          await store.receive('core', { incarnation: 'i', rows, clients: [] });
          expected[`theirs${i}`] = 'v';
        } else if (step === 'acknowledge') {
          const [first] = await store.unacknowledged('core');
          if (first === undefined) continue;
          seq += 1;
          await store.acknowledge('core', { incarnation: 'i', rows: [{ key: first.key, seq }] });
        } else {
          const waiting = (await store.unacknowledged('core')).map(({ key }) => key);
          await compact(database, 'core', SHARED);
          expect((await store.unacknowledged('core')).map(({ key }) => key)).toEqual(waiting);
        }
      }
      const doc = new Y.Doc();
      Y.applyUpdate(doc, await stateOf(log));
      expect(doc.getMap('notes').toJSON()).toEqual(expected);
      expect((await store.heads()).get('core')?.cursor ?? 0).toBe(seq);
    }),
    { numRuns: 15 },
  );
});
