/** Money is an integer of minor units with its ISO 4217 currency; two currencies never meet without a rate. */
import { assert, err, ok, type Result } from '#lib/domain/result.ts';
import { minorDigits } from '#lib/domain/money/currency.ts';

export interface Money {
  /** Signed integer of minor units (cents), within the safe integers. */
  readonly minor: number;
  /** ISO 4217 alphabetic code. */
  readonly currency: string;
}

/** A figure beyond the safe integers: 90 trillion at two decimals. (M3) */
export interface AmountOverflow {
  readonly kind: 'too-large';
  readonly currency: string;
}

/** An amount of `minor` units (cents) of a currency. (M3) */
export function money(minor: number, currency: string): Money {
  assert(Number.isSafeInteger(minor), `${minor} is not an amount of minor units`);
  return { minor: minor + 0, currency };
}

export function add(a: Money, b: Money): Money {
  return money(a.minor + sameCurrency(a, b).minor, a.currency);
}

export function subtract(a: Money, b: Money): Money {
  return money(a.minor - sameCurrency(a, b).minor, a.currency);
}

export function negate(amount: Money): Money {
  return money(0 - amount.minor, amount.currency);
}

export function isZero(amount: Money): boolean {
  return amount.minor === 0;
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`: an argument for `sort`. */
export function compare(a: Money, b: Money): number {
  return a.minor - sameCurrency(a, b).minor;
}

/** Exact sum of amounts of one currency; nothing sums to zero. (M4) */
export function sum(currency: string, items: Iterable<Money>): Money {
  const total = safeSum(currency, items);
  assert(total.ok, `a sum in ${currency} beyond the safe integers`);
  return total.value;
}

/** Like `sum`, for items a person or a file supplies: a total beyond the safe integers is refused. (M3, M4) */
export function safeSum(currency: string, items: Iterable<Money>): Result<Money, AmountOverflow> {
  let total = 0;
  let exact: bigint | undefined;
  for (const item of items) {
    assert(item.currency === currency, `${item.currency} in a sum of ${currency}`);
    if (exact !== undefined) exact += BigInt(item.minor);
    else if (Number.isSafeInteger(total + item.minor)) total += item.minor;
    else exact = BigInt(total) + BigInt(item.minor);
  }
  if (exact !== undefined) total = Number(exact);
  return Number.isSafeInteger(total) ? ok(money(total, currency)) : err({ kind: 'too-large', currency });
}

/** Plain decimal text for files and machines: '-1234.56', with all decimals of the currency and nothing else. (M5) */
export function toDecimalText(amount: Money): string {
  const digits = minorDigits(amount.currency);
  const sign = amount.minor < 0 ? '-' : '';
  const figures = String(Math.abs(amount.minor)).padStart(digits + 1, '0');
  if (digits === 0) return sign + figures;
  return `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

function sameCurrency(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `${a.currency} met ${b.currency} without a rate`);
  return b;
}
