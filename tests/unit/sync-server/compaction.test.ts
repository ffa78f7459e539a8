import { expect, test } from 'vitest';
import { runsToMerge } from '#server/storage/compaction.ts';

const small = (seq: number, gap = false) => ({ first: seq, seq, bytes: 100, gap });
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, n) => n + from);

test('few rows are left alone, many are one run', () => {
  expect(runsToMerge(numbers(255).map((seq) => small(seq)))).toEqual([]);
  expect(runsToMerge(numbers(300).map((seq) => small(seq))).map((run) => run.length)).toEqual([300]);
});

test('a run ends before a gap and goes on behind it', () => {
  const runs = runsToMerge(numbers(300).map((seq) => small(seq, seq === 101)));
  expect(runs.map((run) => [run[0]?.seq, run.at(-1)?.seq])).toEqual([
    [1, 100],
    [102, 300],
  ]);
});

test('a merged row grows to 128 KB and no further; while it is small it is taken up again', () => {
  const large = numbers(300).map((seq) => ({ ...small(seq), bytes: 1024 }));
  expect(runsToMerge(large).map((run) => run.length)).toEqual([128, 128, 44]);
  const merged = { first: 1, seq: 300, bytes: 30_000, gap: false };
  expect(runsToMerge([merged, ...numbers(256, 301).map((seq) => small(seq))])[0]?.[0]).toEqual(merged);
  const full = { ...merged, bytes: 100_000 };
  expect(runsToMerge([full, ...numbers(256, 301).map((seq) => small(seq))])[0]?.[0]?.seq).toBe(301);
});
