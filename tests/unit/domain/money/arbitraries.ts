/** Random amounts, currencies and roundings for the money tests. */
import fc from 'fast-check';
import { currencies } from '#lib/domain/money/currency.ts';
import type { RoundingMode } from '#lib/domain/money/rounding.ts';

export const minorUnits = fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.maxSafeInteger());

/** Currencies of 0, 2, 3 and 4 decimals, the odd ones as often as the common ones. */
export const currencyCodes = fc
  .constantFrom(0, 2, 3, 4)
  .chain((digits) => fc.constantFrom(...currencies.filter((currency) => currency.digits === digits)))
  .map(({ code }) => code);

export const roundingModes = fc.constantFrom<RoundingMode>(
  'half-even',
  'half-up',
  'half-down',
  'up',
  'down',
  'ceiling',
  'floor',
);
