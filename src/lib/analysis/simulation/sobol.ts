/**
 * Points that fill a cube evenly: the Sobol sequence, and the same sequence scrambled by a seed.
 *
 * Sources: I. M. Sobol (1967); the order of I. A. Antonov and V. M. Saleev (1979), in which one point follows from the
 * one before by a single exclusive or; direction numbers of Joe and Kuo (2008). Scrambled by a random lower triangular
 * matrix and a random shift of the digits: J. Matousek, "On the L2-discrepancy for anchored boxes", J. Complexity 14
 * (1998), which keeps the evenness, makes every point uniform, and costs nothing per point. No package that is kept
 * offers any of it for JavaScript.
 */
import { directionNumbers } from './direction-numbers.ts';
import type { Random } from './random.ts';

const bits = 32;
const polynomials = directionNumbers.trim().split('\n');

/** As many dimensions as there are direction numbers for. */
export const sobolDimensions = polynomials.length + 1;

export interface SobolSequence {
  /** 32 words for each dimension, the most telling first. */
  readonly directions: Int32Array;
  /** One word for each dimension: the first point. */
  readonly shift: Int32Array;
}

/** The sequence as published; its first point is the corner 0. */
export function sobolSequence(dimensions: number): SobolSequence {
  const directions = new Int32Array(dimensions * bits);
  for (let dimension = 0; dimension < dimensions; dimension += 1) {
    directions.set(directionsOf(dimension), dimension * bits);
  }
  return { directions, shift: new Int32Array(dimensions) };
}

/** The sequence scrambled: each stream makes an independent replicate of it. */
export function scrambled({ directions, shift }: SobolSequence, random: Random): SobolSequence {
  const scrambledDirections = new Int32Array(directions.length);
  for (let dimension = 0; dimension < shift.length; dimension += 1) {
    const rows = lowerTriangle(random);
    for (let bit = 0; bit < bits; bit += 1) {
      const at = dimension * bits + bit;
      scrambledDirections[at] = timesMatrix(rows, directions[at]!);
    }
  }
  return { directions: scrambledDirections, shift: shift.map((word) => word ^ random()) };
}

/** Writes points `from` to `from + count` as words of 32 bits, each point after the other, `stride` apart. */
export function fillSobol(
  { directions, shift }: SobolSequence,
  from: number,
  count: number,
  into: Uint32Array,
  stride: number,
): void {
  const dimensions = shift.length;
  const point = Int32Array.from(shift);
  const gray = from ^ (from >>> 1);
  for (let bit = 0; bit < bits; bit += 1) {
    if (((gray >>> bit) & 1) === 0) continue;
    for (let dimension = 0; dimension < dimensions; dimension += 1)
      point[dimension]! ^= directions[dimension * bits + bit]!;
  }
  for (let row = 0; row < count; row += 1) {
    into.set(point, row * stride);
    const changed = lowestSetBit(from + row + 1);
    for (let dimension = 0; dimension < dimensions; dimension += 1) {
      point[dimension]! ^= directions[dimension * bits + changed]!;
    }
  }
}

function lowestSetBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** The recurrence of Bratley and Fox, "Algorithm 659", ACM Trans. Math. Softw. 14 (1988). */
function directionsOf(dimension: number): Int32Array {
  const words = new Int32Array(bits);
  if (dimension === 0) return words.map((_, bit) => 1 << (31 - bit));
  const [degree = 0, coefficients = 0, ...first] = polynomials[dimension - 1]!.split(' ').map(Number);
  first.forEach((number, bit) => (words[bit] = number << (31 - bit)));
  for (let bit = degree; bit < bits; bit += 1) {
    let word = words[bit - degree]! ^ (words[bit - degree]! >>> degree);
    for (let back = 1; back < degree; back += 1) {
      if ((coefficients >>> (degree - 1 - back)) & 1) word ^= words[bit - back]!;
    }
    words[bit] = word;
  }
  return words;
}

/** Row `r` mixes the digits before `r` at random into digit `r`, which it keeps. */
function lowerTriangle(random: Random): Int32Array {
  const rows = new Int32Array(bits);
  for (let row = 0; row < bits; row += 1) {
    const own = 1 << (31 - row);
    rows[row] = row === 0 ? own : own | (random() & ~(0xffffffff >>> row));
  }
  return rows;
}

function timesMatrix(rows: Int32Array, word: number): number {
  let product = 0;
  for (let row = 0; row < bits; row += 1) product |= parity(rows[row]! & word) << (31 - row);
  return product;
}

function parity(word: number): number {
  word ^= word >>> 16;
  word ^= word >>> 8;
  word ^= word >>> 4;
  return (0x6996 >>> (word & 15)) & 1;
}
