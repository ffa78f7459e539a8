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
  expect(board.everybody).toEqual(presence(1, 1, '{"cell":"b2"}'));
  expect(board.note(ben, presence(1, 2, '{"cell":"z9"}'))).toBeNull();
  expect(board.note(ben, presence(2, 1, 'not json'))).toBeNull();
  expect(board.note(ben, new Uint8Array([255, 255]))).toBeNull();
  expect(board.leave(ana)).toEqual(presence(1, 2, 'null'));
  expect(board.everybody).toBeNull();
});
