import { expect, test, vi } from 'vitest';
import { logForTest, logOn, notesOf, openForTest, updateSetting } from './log-for-test.ts';

test('S1: what is appended is read back at once and is on disk within 50 ms and a write', async () => {
  const { log, database, statuses } = await logForTest();
  const row = log.append('core', updateSetting('a', 'one'));
  expect(log.heldRows('core')).toEqual([row]);
  await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ kind: 'saved' }));
  expect(statuses).toEqual([{ kind: 'saving' }, { kind: 'saved' }]);
  expect(await database.updates.toArray()).toEqual([{ ...row, number: 1, firstSeq: null }]);
});

test('S2: hiding the page writes at once', async () => {
  const { log, database, page } = await logForTest();
  log.append('core', updateSetting('a', 'one'));
  page.dispatchEvent(new Event('pagehide'));
  // No waiting here: a transaction asked for now is queued behind the one that the event began.
  expect(await database.updates.count()).toBe(1);
});

test('S4: a document loads in the order of arrival, rows not yet on disk last', async () => {
  const { log } = await logForTest();
  log.append('core', updateSetting('a', 'one'));
  await log.flush();
  log.append('inbox/ann', updateSetting('x', 'elsewhere'));
  log.append('core', updateSetting('b', 'two'));
  const loaded = await log.load('core');
  expect(loaded.ok && notesOf(loaded.value.rows)).toEqual({ a: 'one', b: 'two' });
});

test('S4: loading on from a number gives only what came later', async () => {
  const { log } = await logForTest();
  log.append('core', updateSetting('a', 'one'));
  const first = await log.load('core');
  log.append('core', updateSetting('b', 'two'));
  const second = await log.load('core', first.ok ? first.value.upTo : 0);
  expect(second.ok && notesOf(second.value.rows)).toEqual({ b: 'two' });
});

test('S4: two tabs write the same document; each is told of the other and loads all rows', async () => {
  const one = await logForTest('two-tabs');
  const other = logOn(await openForTest('two-tabs'));
  one.log.append('core', updateSetting('a', 'one'));
  other.log.append('core', updateSetting('b', 'two'));
  await Promise.all([one.log.flush(), other.log.flush()]);
  await vi.waitFor(() => expect(one.messages).toContainEqual({ kind: 'rows-added', documents: ['core'] }));
  await vi.waitFor(() => expect(other.messages).toContainEqual({ kind: 'rows-added', documents: ['core'] }));
  for (const { log } of [one, other]) {
    const loaded = await log.load('core');
    expect(loaded.ok && notesOf(loaded.value.rows)).toEqual({ a: 'one', b: 'two' });
  }
});

test('S5: a flipped bit is found by its checksum, set aside and asked for again', async () => {
  const { log, database, messages } = await logForTest();
  const row = log.append('core', updateSetting('a', 'one'));
  log.append('core', updateSetting('b', 'two'));
  await log.flush();
  await database.updates
    .where('key')
    .equals(row.key)
    .modify({ bytes: flipped(row.bytes), serverSeq: 7, firstSeq: 7 });
  await database.documents.put({ name: 'core', incarnation: 'i1', cursor: 9, epoch: 0 });

  const loaded = await log.load('core');
  expect(loaded.ok && loaded.value).toMatchObject({ damaged: 1, loadedTo: 6, upTo: 2 });
  expect(loaded.ok && notesOf(loaded.value.rows)).toEqual({ b: 'two' });
  expect(await database.documents.get('core')).toEqual({ name: 'core', incarnation: 'i1', cursor: 6, epoch: 1 });
  expect(await database.quarantine.count()).toBe(1);
  expect(messages).toContainEqual({ kind: 'rows-taken', document: 'core' });
  expect(await log.load('core')).toMatchObject({ value: { damaged: 0 } });
});

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set([(copy[copy.length >> 1] ?? 0) ^ 4], copy.length >> 1);
  return copy;
}
