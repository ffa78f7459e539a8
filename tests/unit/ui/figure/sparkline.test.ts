import { expect, test } from 'vitest';
import { extentOf, sparkPath } from '#lib/ui/figure/sparkline.ts';

const size = { width: 20, height: 10 };

test('the smallest value stands at the bottom, the largest at the top', () => {
  expect(sparkPath([0, 5, 10], size)).toBe('M0 10L10 5L20 0');
});

test('a missing value parts the line, and a value alone is a dot', () => {
  expect(sparkPath([0, null, 10], size)).toBe('M0 10h.01M20 0h.01');
});

test('a flat series stands in the middle, an empty one draws nothing', () => {
  expect(sparkPath([4, 4], size)).toBe('M0 5L20 5');
  expect(sparkPath([null, null], size)).toBe('');
});

test('two series can share one scale', () => {
  expect(extentOf([1, null], [9])).toEqual({ low: 1, high: 9 });
});
