/** The currencies amounts may be held in: ISO 4217 with 0, 2, 3 or 4 decimals. (M1, M2) */
import { active, withdrawn } from '#lib/domain/money/currency-list.ts';
import { assert } from '#lib/domain/result.ts';

export interface Currency {
  /** ISO 4217 alphabetic code, upper case: 'EUR'. */
  readonly code: string;
  /** Decimals of the minor unit: 2 for cents, 0 for yen, 3 for Kuwaiti fils, 4 for CLF. */
  readonly digits: number;
  /** Month (`yyyy-mm`) of its withdrawal, for a currency that is only met in old bills. */
  readonly until?: string;
}

/** The active currencies, sorted by code: what a picker offers. */
export const currencies: readonly Currency[] = Object.entries(active)
  .flatMap(([digits, codes]) => codes.split(' ').map((code) => ({ code, digits: Number(digits) })))
  .sort((a, b) => (a.code < b.code ? -1 : 1));

const byCode: ReadonlyMap<string, Currency> = new Map(
  [...currencies, ...withdrawn.map(([code, digits, until]) => ({ code, digits, until }))].map((currency) => [
    currency.code,
    currency,
  ]),
);

/** The currency of an upper-case code, withdrawn ones too; undefined if amounts cannot be held in it. */
export function currencyOf(code: string): Currency | undefined {
  return byCode.get(code);
}

/** Decimals of the minor unit of a known currency. A code from outside goes through `currencyOf` first. */
export function minorDigits(code: string): number {
  const currency = byCode.get(code);
  assert(currency !== undefined, `unknown currency ${code}`);
  return currency.digits;
}
