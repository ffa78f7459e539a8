/**
 * Drivers that move together: from the correlations people state to factors that independent scores are mixed by.
 *
 * Stated pair by pair, correlations may contradict each other: no drivers can have them all. Such a matrix is replaced
 * by the nearest one that drivers can have: N. Higham, "Computing the nearest correlation matrix - a problem from
 * finance", IMA Journal of Numerical Analysis 22 (2002), alternating projections with Dykstra's correction.
 */
import { eigenOf } from './eigenvalues.ts';

/** The correlation of the normal scores of two drivers, which is that of the drivers where both are normal. */
export interface Correlation {
  readonly between: readonly [string, string];
  readonly value: number;
}

export type CorrelationFault =
  | { readonly kind: 'not-a-correlation'; readonly between: readonly [string, string]; readonly value: number }
  | { readonly kind: 'correlated-with-nobody'; readonly between: readonly [string, string]; readonly unknown: string }
  | { readonly kind: 'correlated-with-itself'; readonly driver: string }
  | { readonly kind: 'correlated-twice'; readonly between: readonly [string, string] };

export interface Mixing {
  /** Lower triangular, row after row; every row has length 1. Score `i` is row `i` times independent scores. */
  readonly factors: Float64Array;
  /** What became of stated correlations that contradicted each other; empty where none did. */
  readonly repaired: readonly (Correlation & { readonly became: number })[];
}

/** The first reason why the correlations mean nothing, or null. */
export function correlationFault(
  drivers: readonly string[],
  correlations: readonly Correlation[],
): CorrelationFault | null {
  const seen = new Set<string>();
  for (const { between, value } of correlations) {
    const unknown = between.find((driver) => !drivers.includes(driver));
    if (unknown !== undefined) return { kind: 'correlated-with-nobody', between, unknown };
    if (between[0] === between[1]) return { kind: 'correlated-with-itself', driver: between[0] };
    if (!(Math.abs(value) <= 1)) return { kind: 'not-a-correlation', between, value };
    const pair = JSON.stringify([...between].sort());
    if (seen.has(pair)) return { kind: 'correlated-twice', between };
    seen.add(pair);
  }
  return null;
}

/** For correlations without fault. */
export function mixingOf(drivers: readonly string[], correlations: readonly Correlation[]): Mixing {
  const size = drivers.length;
  const stated = new Float64Array(size * size);
  for (let at = 0; at < size; at += 1) stated[at * size + at] = 1;
  for (const { between, value } of correlations) {
    const [row, column] = [drivers.indexOf(between[0]), drivers.indexOf(between[1])];
    stated[row * size + column] = value;
    stated[column * size + row] = value;
  }

  if (correlations.length === 0 || isPossible(stated, size)) return { factors: cholesky(stated, size), repaired: [] };
  const factors = cholesky(nearestCorrelation(stated, size), size);
  const became = (row: number, column: number): number =>
    drivers.reduce((sum, _, at) => sum + factors[row * size + at]! * factors[column * size + at]!, 0);
  return {
    factors,
    repaired: correlations.map((each) => ({
      ...each,
      became: became(drivers.indexOf(each.between[0]), drivers.indexOf(each.between[1])),
    })),
  };
}

/** The correlation matrix with the least sum of squared differences from a symmetric one. */
export function nearestCorrelation(matrix: Float64Array, size: number): Float64Array {
  let nearest = Float64Array.from(matrix);
  let correction = new Float64Array(matrix.length);
  for (let round = 0; round < 200; round += 1) {
    const corrected = nearest.map((value, at) => value - correction[at]!);
    const positive = withoutNegativeEigenvalues(corrected, size);
    correction = positive.map((value, at) => value - corrected[at]!);
    const next = positive.map((value, at) => (Math.floor(at / size) === at % size ? 1 : value));
    const moved = Math.max(...next.map((value, at) => Math.abs(value - nearest[at]!)));
    nearest = next;
    if (moved < 1e-7) break;
  }
  return nearest;
}

function isPossible(matrix: Float64Array, size: number): boolean {
  return Math.min(...eigenOf(matrix, size).values) > -1e-9;
}

function withoutNegativeEigenvalues(matrix: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const { values, vectors } = eigenOf(matrix, size);
  const result = new Float64Array(matrix.length);
  values.forEach((value, vector) => {
    if (value <= 0) return;
    for (let row = 0; row < size; row += 1) {
      const scaled = value * vectors[row * size + vector]!;
      for (let column = 0; column < size; column += 1) {
        result[row * size + column]! += scaled * vectors[column * size + vector]!;
      }
    }
  });
  return result;
}

/** Cholesky's factor, also where drivers follow from others altogether; rows are kept at length 1. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const factors = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let rest = matrix[row * size + column]!;
      for (let before = 0; before < column; before += 1) {
        rest -= factors[row * size + before]! * factors[column * size + before]!;
      }
      const pivot = factors[column * size + column]!;
      if (row === column) factors[row * size + row] = Math.sqrt(Math.max(0, rest));
      else factors[row * size + column] = pivot > 1e-6 ? rest / pivot : 0;
    }
    const length = Math.hypot(...factors.subarray(row * size, row * size + row + 1));
    for (let column = 0; column <= row; column += 1) factors[row * size + column]! /= length;
  }
  return factors;
}
