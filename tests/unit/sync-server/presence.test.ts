import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import { PresenceQuota } from '#server/wire/presence-quota.ts';
import { PresenceBoard } from '#server/workspace/presence.ts';

test('four presences a second, not saved up', () => {
  const quota = new PresenceQuota(4);
  const allowed = (nowMs: number, tries: number) =>
    Array.from({ length: tries }).filter(() => quota.allows(nowMs)).length;
  expect(allowed(10_000, 10)).toBe(4);
  expect(allowed(10_500, 10)).toBe(2);
  expect(allowed(60_000, 10)).toBe(4);
});

function presence(client: number, clock: number, state: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
  });
}

test('presence is remembered for those who come, taken back for those who leave, and not forged', () => {
  const board = new PresenceBoard<{ device: string }>();
  const [ana, ben] = [{ device: 'a' }, { device: 'b' }];
  expect(board.note(ana, presence(1, 1, '{"cell":"b2"}'))).not.toBeNull();
  expect(board.everybody).toEqual([presence(1, 1, '{"cell":"b2"}')]);
  expect(board.note(ben, presence(1, 2, '{"cell":"z9"}'))).toBeNull();
  expect(board.note(ben, presence(2, 1, 'not json'))).toBeNull();
  expect(board.note(ben, new Uint8Array([255, 255]))).toBeNull();
  expect(board.leave(ana)).toEqual(presence(1, 2, 'null'));
  expect(board.everybody).toEqual([]);
});

test('whoever speaks for ever more clients is remembered for the last few', () => {
  const board = new PresenceBoard<{ device: string }>();
  const [ana, ben] = [{ device: 'a' }, { device: 'b' }];
  board.note(ben, presence(5000, 1, '1'));
  for (let client = 0; client < 1000; client += 1) board.note(ana, presence(client, 1, '"here"'));
  const [everybody = new Uint8Array(), ...more] = board.everybody;
  expect([everybody.length < 60, more]).toEqual([true, []]);
});

test('a full house is told in parts that any device takes', () => {
  const board = new PresenceBoard<{ device: string }>();
  for (let n = 0; n < 300; n += 1) board.note({ device: `d${n}` }, presence(n, 1, JSON.stringify('x'.repeat(4000))));
  const parts = board.everybody;
  expect(parts.length).toBeGreaterThan(10);
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(70_000);
  expect(parts.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(300 * 4000);
});
