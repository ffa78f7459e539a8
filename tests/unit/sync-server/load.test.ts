import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LETS_GO, levelOf, Load } from '#server/operate/load.ts';

const calm = { lagMs: 0, unreadBytes: 0, memory: 0.2 };
const pressure = fc.record({
  lagMs: fc.integer({ min: 0, max: 6000 }),
  unreadBytes: fc.integer({ min: 0, max: 2 ** 31 }),
  memory: fc.double({ min: 0, max: 1, noNaN: true }),
});

test('any one pressure is enough: late timers, bytes nobody reads, memory', () => {
  expect(levelOf(calm)).toBe(0);
  expect(levelOf({ ...calm, lagMs: 400 })).toBe(1);
  expect(levelOf({ ...calm, unreadBytes: 200 * 1024 * 1024 })).toBe(2);
  expect(levelOf({ ...calm, memory: 0.86 })).toBe(3);
  expect(levelOf({ ...calm, lagMs: 3000, memory: 0.71 })).toBe(4);
});

test('what is let go of comes in its order, whichever of the three rises', () => {
  expect(Object.entries(LETS_GO).toSorted(([, one], [, other]) => one - other)).toEqual([
    ['presence', 1],
    ['heads', 2],
    ['slow-reader', 3],
    ['connection', 4],
  ]);
  const rising = Array.from({ length: 1000 }, (_, n) => n / 1000);
  for (const levels of [
    rising.map((share) => levelOf({ ...calm, lagMs: share * 4000 })),
    rising.map((share) => levelOf({ ...calm, unreadBytes: share * 1024 ** 3 })),
    rising.map((share) => levelOf({ ...calm, memory: share })),
  ]) {
    expect(levels).toEqual(levels.toSorted((one, other) => one - other));
    expect([...new Set(levels)]).toEqual([0, 1, 2, 3, 4]);
  }
});

test('more pressure never lets go of less', () => {
  fc.assert(
    fc.property(pressure, pressure, (one, other) => {
      const more = {
        lagMs: Math.max(one.lagMs, other.lagMs),
        unreadBytes: Math.max(one.unreadBytes, other.unreadBytes),
        memory: Math.max(one.memory, other.memory),
      };
      expect(levelOf(more)).toBeGreaterThanOrEqual(Math.max(levelOf(one), levelOf(other)));
    }),
  );
});

test('one late look changes nothing, two in a row do, and relief counts at once', () => {
  const load = new Load();
  const late = { ...calm, lagMs: 2000 };
  load.look(late);
  expect(load.level).toBe(0);
  load.look(calm);
  load.look(late);
  expect(load.level).toBe(0);
  load.look(late);
  expect(load.level).toBe(3);
  load.look({ ...calm, lagMs: 9000 });
  expect(load.level).toBe(3);
  load.look({ ...calm, lagMs: 500 });
  expect(load.level).toBe(1);
  load.look(calm);
  expect(load.level).toBe(0);
});

test('the level is never above what the last two looks both ask for', () => {
  fc.assert(
    fc.property(fc.array(pressure, { minLength: 2, maxLength: 30 }), (looks) => {
      const load = new Load();
      for (const [index, look] of looks.entries()) {
        load.look(look);
        const before = looks[index - 1] ?? calm;
        expect(load.level).toBe(Math.min(levelOf(look), Math.max(levelOf(before), load.level)));
        expect(load.level).toBeLessThanOrEqual(levelOf(look));
      }
    }),
  );
});
