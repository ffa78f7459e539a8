import fc from 'fast-check';
import { expect, test } from 'vitest';
import { variance } from '#lib/domain/budget/variance.ts';
import { money } from '#lib/domain/money/money.ts';

const eur = (minor: number) => money(minor, 'EUR');

test('B9: 12.5 % under plan is good news for cost and bad news for revenue', () => {
  expect(variance(eur(80_000), eur(70_000), 'cost')).toEqual({
    difference: eur(-10_000),
    ratio: '-0.125',
    favourable: true,
  });
  expect(variance(eur(80_000), eur(70_000), 'revenue').favourable).toBe(false);
  expect(variance(eur(80_000), eur(90_000), 'revenue').favourable).toBe(true);
  expect(variance(eur(5), eur(5), 'cost')).toEqual({ difference: eur(0), ratio: '0', favourable: null });
});

test('B10: the ratio is to the size of the plan, six decimals, and null when the plan is zero', () => {
  expect(variance(eur(3), eur(4), 'cost').ratio).toBe('0.333333');
  expect(variance(eur(-200), eur(-100), 'cost')).toMatchObject({ ratio: '0.5', favourable: false });
  expect(variance(eur(0), eur(100), 'cost')).toEqual({ difference: eur(100), ratio: null, favourable: false });
  expect(variance(eur(0), eur(0), 'cost')).toEqual({ difference: eur(0), ratio: null, favourable: null });
  expect(variance(eur(10_000_000), eur(10_000_001), 'cost').ratio).toBe('0');
});

test('B9, B10: the ratio has the sign of the difference, and what is good for cost is bad for revenue', () => {
  const minor = fc.integer({ min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(minor, minor, (planned, actual) => {
      const cost = variance(eur(planned), eur(actual), 'cost');
      const revenue = variance(eur(planned), eur(actual), 'revenue');
      expect(cost.difference.minor).toBe(actual - planned);
      if (cost.ratio === null) expect(planned).toBe(0);
      else expect(Number(cost.ratio) * cost.difference.minor).toBeGreaterThanOrEqual(0);
      if (actual !== planned) expect(cost.favourable).toBe(!revenue.favourable);
    }),
  );
});
