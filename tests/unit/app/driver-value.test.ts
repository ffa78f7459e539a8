import { expect, test } from 'vitest';
import { driverValue, shownValue } from '#lib/app/driver-value.ts';

test.each([
  ['12', 'head', '.', '12'],
  ['1,5', 'head', ',', '1.5'],
  ['=3*4', 'head', '.', '12'],
  ['12k', 'EUR', '.', '12000'],
  ['-0.5', '', '.', '-0.5'],
  ['4', '%', '.', '0.04'],
  ['4%', '%', '.', '0.04'],
  ['2,5 %', '%', ',', '0.025'],
] as const)(
  'a value typed as %s for %s is kept as plain decimals and shown the same way',
  (typed, unit, mark, kept) => {
    const value = driverValue(typed, unit, mark);
    expect(value).toEqual({ ok: true, value: kept });
    expect(driverValue(shownValue(kept, unit, mark), unit, mark)).toEqual(value);
  },
);

test.each(['', 'twelve', '1/0', 'Hires', '1e999', 'NaN', '9'.repeat(40)])('%s is refused in words', (typed) => {
  const value = driverValue(typed, 'head', '.');
  expect(value.ok ? '' : value.error).toMatch(/is not a value\. Write a number|too large/);
});
