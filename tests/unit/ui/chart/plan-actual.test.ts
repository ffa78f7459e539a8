import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  barsOf,
  labelStep,
  roundAxis,
  stepPath,
  toDate,
  valueAxis,
  type PlanActualPoint,
} from '#lib/ui/chart/plan-actual.ts';

const point = (plan: number | null, actual: number | null, open = false): PlanActualPoint => ({
  key: `${String(plan)} ${String(actual)}`,
  label: 'Jan',
  name: 'January 2027',
  plan,
  actual,
  open,
});

test('what a cost exceeds its plan by is a part of its own; revenue beyond plan is not', () => {
  const [within, beyond] = [point(100, 80), point(100, 130)];
  expect(barsOf([within, beyond], 'cost')).toEqual([
    { at: 0, from: 0, to: 80, over: null, open: false },
    { at: 1, from: 0, to: 100, over: { from: 100, to: 130 }, open: false },
  ]);
  expect(barsOf([beyond], 'revenue')[0]).toMatchObject({ to: 130, over: null });
});

test('a period without figures has no bar, never a zero', () => {
  expect(barsOf([point(100, null)], 'cost')).toEqual([]);
});

test('the plan steps from period to period and breaks where there is none', () => {
  const path = stepPath(
    [point(10, null), point(20, null), point(null, null), point(5, null)],
    (x) => x,
    (y) => y,
  );
  expect(path).toBe('M-0.5 10H0.5V20H1.5M2.5 5H3.5');
});

test('to date counts complete periods only: a month still filling would look like an underspend', () => {
  const points = [point(100, 90), point(100, 120), point(100, 30, true), point(100, null)];
  expect(toDate(points)).toMatchObject({ plan: 200, actual: 210, last: points[1] });
  expect(toDate([point(100, null)])).toEqual({ last: undefined, plan: 0, actual: 0 });
});

test('655,000.00 as the highest gives an axis to 800,000 in steps of 200,000', () => {
  const axis = valueAxis([point(61_200_000, 65_500_000)], 2);
  expect(axis).toEqual({ low: 0, high: 80_000_000, ticks: [0, 20_000_000, 40_000_000, 60_000_000, 80_000_000] });
});

test('an axis holds every value and zero, with three to seven even steps', () => {
  const value = fc.integer({ min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(value, value, fc.constantFrom(0, 2, 3), (a, b, digits) => {
      const { low, high, ticks } = roundAxis(Math.min(0, a, b), Math.max(0, a, b), 10 ** digits);
      expect(low).toBeLessThanOrEqual(Math.min(0, a, b));
      expect(high).toBeGreaterThanOrEqual(Math.max(0, a, b));
      if (a !== 0 || b !== 0) expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.some((tick) => Math.abs(tick) === 0)).toBe(true);
    }),
  );
});

test('labels that would touch are thinned', () => {
  expect(labelStep(12, 900, 38)).toBe(1);
  expect(labelStep(12, 260, 38)).toBe(2);
  expect(labelStep(0, 0, 38)).toBe(1);
});
