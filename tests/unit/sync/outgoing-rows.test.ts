import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { updateChecksum } from '#lib/documents/update-row.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { OutgoingRows } from '#lib/sync/outgoing-rows.ts';
import { LIMITS } from '#lib/sync/protocol.ts';

function makeRow(key: string, bytes: Uint8Array = new Uint8Array([0, 0])): UpdateRow {
  const checksum = updateChecksum(bytes, 'v1');
  return {
    key,
    document: 'core',
    bytes,
    format: 'v1',
    checksum,
    state: 'unacknowledged',
    serverSeq: null,
    author: null,
  };
}

function largeUpdate(): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (let n = 0; n < 2000; n += 1) doc.getMap('entries').set(`k${n}`, 'x'.repeat(300));
  });
  return Y.encodeStateAsUpdate(doc);
}

test('rows go out numbered in their order and are acknowledged together', () => {
  const rows = new OutgoingRows();
  for (const key of ['a', 'b', 'c']) rows.add(makeRow(key));
  expect(rows.take().map(({ n, key }) => [n, key])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
  expect(rows.acknowledge(2, [7, 9])).toEqual([
    { key: 'a', seq: 7 },
    { key: 'b', seq: 9 },
  ]);
  expect(rows.isEmpty).toBe(false);
  expect(rows.acknowledge(3, [10])).toEqual([{ key: 'c', seq: 10 }]);
  expect(rows.isEmpty).toBe(true);
});

test('no more is ahead of its acknowledgement than the window holds', () => {
  const rows = new OutgoingRows();
  for (let n = 0; n < LIMITS.windowRows + 10; n += 1) rows.add(makeRow(`k${n}`));
  expect(rows.take()).toHaveLength(LIMITS.windowRows);
  expect(rows.take()).toHaveLength(0);
  rows.acknowledge(4, [1, 2, 3, 4]);
  expect(rows.take()).toHaveLength(4);
});

test('no more bytes are ahead of their acknowledgement than the window holds', () => {
  const rows = new OutgoingRows();
  for (const key of ['a', 'b', 'c', 'd']) rows.add(makeRow(key, new Uint8Array(LIMITS.windowBytes * 0.4)));
  expect(rows.take().map(({ key }) => key)).toEqual(['a', 'b']);
  rows.acknowledge(1, [1]);
  expect(rows.take().map(({ key }) => key)).toEqual(['c']);
});

test('a row added twice goes out once', () => {
  const rows = new OutgoingRows();
  rows.add(makeRow('a'));
  rows.add(makeRow('a'));
  expect(rows.take()).toHaveLength(1);
});

test('a refusal names the row and everything behind it, sent or not', () => {
  const rows = new OutgoingRows();
  for (const key of ['a', 'b', 'c']) rows.add(makeRow(key));
  rows.take();
  rows.add(makeRow('d'));
  rows.acknowledge(1, [1]);
  expect(rows.refuse(2)).toEqual(['b', 'c', 'd']);
});

test('a row that comes back from the server before it was sent is not sent again', () => {
  const rows = new OutgoingRows();
  rows.add(makeRow('a'));
  rows.add(makeRow('b'));
  expect(rows.cameBack('a')).toBe(true);
  expect(rows.cameBack('somebody else’s')).toBe(false);
  expect(rows.take().map(({ key }) => key)).toEqual(['b']);
});

test('a row too large to send goes in parts, the same ones every time, and counts when the last has arrived', () => {
  const row = makeRow('large', largeUpdate());
  const [rows, again] = [new OutgoingRows(), new OutgoingRows()];
  rows.add(row);
  again.add(row);
  const parts = rows.take();
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.map(({ key }) => key)).toEqual(again.take().map(({ key }) => key));
  expect(parts[0]?.key).toBe('large.0');
  expect(rows.acknowledge(1, [1])).toEqual([]);
  const all = [...parts, ...rows.take()];
  expect(
    rows
      .acknowledge(
        all.length,
        all.slice(1).map(({ n }) => n),
      )
      .at(-1),
  ).toEqual({ key: 'large', seq: all.length });
});

test('every row is acknowledged once and in order, whatever the server groups', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.array(fc.integer({ min: 1, max: 60 })), (count, groups) => {
      const rows = new OutgoingRows();
      for (let n = 1; n <= count; n += 1) rows.add(makeRow(`k${n}`));
      const acknowledged: string[] = [];
      let sent = rows.take().length;
      let done = 0;
      for (const group of [...groups, ...Array.from({ length: count }, () => 1)]) {
        const upTo = Math.min(done + group, sent);
        const seqs = Array.from({ length: upTo - done }, (_, index) => done + index + 1);
        acknowledged.push(...rows.acknowledge(upTo, seqs).map(({ key }) => key));
        done = upTo;
        sent += rows.take().length;
      }
      expect(acknowledged).toEqual(Array.from({ length: count }, (_, n) => `k${n + 1}`));
    }),
    { numRuns: 40 },
  );
});
