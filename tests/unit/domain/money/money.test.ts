import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, compare, isZero, money, negate, safeSum, subtract, sum, toDecimalText } from '#lib/domain/money/money.ts';
import { parseAmount } from '#lib/domain/money/parse.ts';
import { currencyCodes, minorUnits } from '#tests/unit/domain/money/arbitraries.ts';

const euros = (minor: number) => money(minor, 'EUR');

test('M3: an amount is a safe integer of minor units, and zero has no sign', () => {
  expect(money(1250, 'EUR')).toEqual({ minor: 1250, currency: 'EUR' });
  expect(Object.is(money(-0, 'EUR').minor, 0)).toBe(true);
  expect(Object.is(negate(euros(0)).minor, 0)).toBe(true);
  for (const minor of [12.5, NaN, Infinity, 2 ** 53]) expect(() => money(minor, 'EUR')).toThrow('minor units');
  expect(() => add(euros(Number.MAX_SAFE_INTEGER), euros(1))).toThrow('minor units');
});

test('M4: 12.50 and 0.75 are 13.25, less 13.25 nothing', () => {
  const total = add(euros(1250), euros(75));
  expect(total).toEqual(euros(1325));
  expect(isZero(subtract(total, euros(1325)))).toBe(true);
  expect(sum('EUR', [])).toEqual(euros(0));
  expect([euros(3), euros(-1), euros(2)].sort(compare)).toEqual([euros(-1), euros(2), euros(3)]);
});

test('M4: two currencies never meet without a rate', () => {
  const dollars = money(100, 'USD');
  for (const meet of [add, subtract, compare]) expect(() => meet(euros(100), dollars)).toThrow('without a rate');
  expect(() => sum('EUR', [dollars])).toThrow('USD in a sum of EUR');
});

test('M3, M4: a sum may pass the limit on the way, but not end beyond it', () => {
  const most = euros(Number.MAX_SAFE_INTEGER);
  expect(safeSum('EUR', [most, most, negate(most)])).toEqual({ ok: true, value: most });
  expect(safeSum('EUR', [most, euros(1)])).toEqual({ ok: false, error: { kind: 'too-large', currency: 'EUR' } });
  expect(() => sum('EUR', [most, euros(1)])).toThrow('safe integers');
});

test('M4: a sum is exact in any order', () => {
  fc.assert(
    fc.property(fc.array(minorUnits, { maxLength: 50 }), (figures) => {
      const exact = figures.reduce((total, minor) => total + BigInt(minor), 0n);
      const forward = safeSum('EUR', figures.map(euros));
      expect(forward).toEqual(safeSum('EUR', figures.toReversed().map(euros)));
      expect(forward.ok).toBe(exact >= BigInt(Number.MIN_SAFE_INTEGER) && exact <= BigInt(Number.MAX_SAFE_INTEGER));
      if (forward.ok) expect(BigInt(forward.value.minor)).toBe(exact);
    }),
  );
});

test('M5: decimal text has all decimals of the currency and nothing else', () => {
  expect(toDecimalText(euros(-123456))).toBe('-1234.56');
  expect(toDecimalText(euros(5))).toBe('0.05');
  expect(toDecimalText(money(1200, 'JPY'))).toBe('1200');
  expect(toDecimalText(money(-7, 'KWD'))).toBe('-0.007');
  expect(toDecimalText(money(Number.MAX_SAFE_INTEGER, 'CLF'))).toBe('900719925474.0991');
});

test('M5: decimal text reads back as the same amount', () => {
  fc.assert(
    fc.property(minorUnits, currencyCodes, (minor, currency) => {
      const amount = money(minor, currency);
      expect(parseAmount(toDecimalText(amount), currency, { decimal: '.' })).toEqual({ ok: true, value: amount });
    }),
  );
});
