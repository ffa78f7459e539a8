import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { populationOf, sampleOf } from '#lib/governance/audit/sample.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const three = [
  { id: 'b', amount: -250 },
  { id: 'a', amount: 1200 },
  { id: 'c', amount: 50 },
];

test('A15: a worked example: three records, their control total and their hash', () => {
  expect(populationOf(three, { period: '2027-03' })).toEqual({
    parameters: { period: '2027-03' },
    count: 3,
    controlTotal: 1000,
    hash: sha256('[["a",1200],["b",-250],["c",50]]'),
  });
});

test('A16: the order is that of the SHA-256 of seed and id, which anybody can take', () => {
  const byHand = three.toSorted((a, b) => (sha256(`["2027-03","${a.id}"]`) < sha256(`["2027-03","${b.id}"]`) ? -1 : 1));
  expect(sampleOf(three, '2027-03', 3)).toEqual(byHand);
  expect(sampleOf(three, '2027-03', 2)).toEqual(byHand.slice(0, 2));
  expect(sampleOf(three, '2027-03', 99)).toEqual(byHand);
});

const record = fc.record({ id: fc.uuid(), amount: fc.integer({ min: -1e9, max: 1e9 }) });
const records = fc.uniqueArray(record, { selector: ({ id }) => id, maxLength: 60 });

test('A15, A16: neither statement nor sample depends on the order of the records, and a larger sample holds a smaller', () => {
  fc.assert(
    fc.property(records, fc.string(), fc.nat({ max: 30 }), (all, seed, size) => {
      const shuffled = all.toReversed();
      expect(populationOf(shuffled, null)).toEqual(populationOf(all, null));
      const sample = sampleOf(all, seed, size);
      expect(sampleOf(shuffled, seed, size)).toEqual(sample);
      expect(sampleOf(all, seed, size + 5).slice(0, size)).toEqual(sample);
      expect(sample.length).toBe(Math.min(size, all.length));
    }),
  );
});

test('A16: every record has the same chance', () => {
  const all = Array.from({ length: 20 }, (_, n) => ({ id: `expense-${n}`, amount: n }));
  const drawn = new Map(all.map(({ id }) => [id, 0]));
  for (let seed = 0; seed < 2000; seed++) {
    for (const { id } of sampleOf(all, String(seed), 5)) drawn.set(id, (drawn.get(id) ?? 0) + 1);
  }
  // 500 expected of each, standard deviation 19.
  for (const times of drawn.values()) expect(Math.abs(times - 500)).toBeLessThan(100);
});
