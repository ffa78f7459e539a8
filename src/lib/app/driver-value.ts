/** A driver's value between a person and what is kept. */
import { constantOf } from '#lib/domain/expression/constant.ts';
import { isDecimal } from '#lib/domain/expression/definition.ts';
import { parseFormula } from '#lib/domain/expression/parse.ts';
import { fraction, fractionOf, scaled, times, type Fraction } from '#lib/domain/money/fraction.ts';
import type { DecimalMark } from '#lib/domain/money/numeral.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

/** Decimals that are kept. */
const DECIMALS = 12;

/** Plain decimal text of what was typed, calculations too; `4` and `4%` are both four percent where % is counted. */
export function driverValue(typed: string, unit: string, decimal: DecimalMark): Result<string, string> {
  const expression = parseFormula(typed, decimal);
  const value = expression.ok ? constantOf(expression.value) : expression;
  const example = unit === '%' ? '4 or 2.5' : '12 or 1234.50';
  if (!value.ok) return err(`“${typed}” is not a value. Write a number such as ${example.replace('.', decimal)}.`);
  const isBarePercent = unit === '%' && !typed.includes('%');
  const text = textOf(isBarePercent ? times(value.value, fraction(1n, 100n)) : value.value);
  return isDecimal(text) ? ok(text) : err(`“${typed}” is too large to be kept. Choose a larger unit.`);
}

/** A kept value as its reader writes it, `%` included where that is counted. */
export function shownValue(value: string, unit: string, decimal: DecimalMark): string {
  if (!isDecimal(value)) return value;
  const text = unit === '%' ? `${textOf(times(fractionOf(value), fraction(100n)))}%` : value;
  return text.replace('.', decimal);
}

function textOf(value: Fraction): string {
  const digits = scaled(value, DECIMALS, 'half-even');
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(DECIMALS + 1, '0');
  return `${sign}${text.slice(0, -DECIMALS)}.${text.slice(-DECIMALS)}`.replace(/\.?0+$/, '');
}
