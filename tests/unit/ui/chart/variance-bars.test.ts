import { expect, test } from 'vitest';
import { varianceBars } from '#lib/ui/chart/variance-bars.ts';

const row = (id: string, plan: number, actual: number) => ({ id, label: id, plan, actual, nature: 'cost' as const });

test('bars grow from one common zero, over to the right and under to the left', () => {
  const { zero, bars } = varianceBars([row('cloud', 100, 130), row('network', 100, 90), row('centre', 5, 5)], 'EUR');
  expect(zero).toBe(0.25);
  expect(bars.map(({ start, length }) => [start, length])).toEqual([
    [0.25, 0.75],
    [0, 0.25],
    [0.25, 0],
  ]);
  expect(bars.map((bar) => bar.variance.favourable)).toEqual([false, true, null]);
});

test('nothing to compare draws nothing and divides by nothing', () => {
  expect(varianceBars([], 'EUR')).toEqual({ zero: 0, bars: [] });
});
