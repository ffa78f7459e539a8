/** Sharing a whole out by weights so that the parts add up to it: the largest-remainder method (Hamilton, 1792). (M7, M8) */
import { assert } from '#lib/domain/result.ts';

/**
 * Parts of `total` (integer minor units) in proportion to `weights`, in their order. Each part is its exact share
 * rounded down or up; the units left over go one each to the largest remainders, equal ones to the earlier weight.
 * Weights are not negative and are read as the decimals they print as (0.1 is a tenth). All zero means even shares.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  assert(Number.isSafeInteger(total), `${total} is not an amount of minor units`);
  assert(weights.length > 0 || total === 0, `${total} to share among nobody`);
  for (const weight of weights) assert(weight >= 0 && weight < Infinity, `weight ${weight}`);
  if (weights.every((weight) => weight === 0)) weights = weights.map(() => 1);

  const whole = Math.abs(total);
  const parts = smallShares(whole, weights) ?? exactShares(whole, weights);
  return total < 0 ? parts.map((part) => 0 - part) : parts;
}

/** In plain numbers, where every product stays a safe integer; undefined where one would not. */
function smallShares(whole: number, weights: readonly number[]): number[] | undefined {
  let sum = 0;
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight) || !Number.isSafeInteger(whole * weight)) return undefined;
    sum += weight;
  }
  if (!Number.isSafeInteger(sum)) return undefined;
  const remainders = weights.map((weight) => (whole * weight) % sum);
  const parts = weights.map((weight, i) => (whole * weight - (remainders[i] ?? 0)) / sum);
  return withLeftover(whole, parts, remainders);
}

function exactShares(whole: number, weights: readonly number[]): number[] {
  const integers = asIntegers(weights);
  const sum = integers.reduce((a, b) => a + b, 0n);
  const products = integers.map((weight) => BigInt(whole) * weight);
  const parts = products.map((product) => Number(product / sum));
  return withLeftover(
    whole,
    parts,
    products.map((product) => product % sum),
  );
}

/** One unit more to the largest remainders until the parts make the whole. */
function withLeftover(whole: number, parts: number[], remainders: readonly (number | bigint)[]): number[] {
  let leftover = whole;
  for (const part of parts) leftover -= part;
  if (leftover === 0) return parts;
  const order = remainders.map((remainder, i) => ({ remainder, i }));
  order.sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.i - b.i));
  for (const { i } of order.slice(0, leftover)) parts[i] = (parts[i] ?? 0) + 1;
  return parts;
}

/** The weights times one power of ten that makes all of them integers. */
function asIntegers(weights: readonly number[]): bigint[] {
  const decimals = weights.map(decimalOf);
  const scale = Math.max(...decimals.map(({ exponent }) => -exponent), 0);
  return decimals.map(({ digits, exponent }) => digits * 10n ** BigInt(exponent + scale));
}

/** The shortest decimal that reads back as this number: `digits` times ten to the `exponent`. */
function decimalOf(weight: number): { digits: bigint; exponent: number } {
  const [mantissa = '0', exponent = '0'] = weight.toExponential().split('e');
  const [units = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(units + fraction), exponent: Number(exponent) - fraction.length };
}
