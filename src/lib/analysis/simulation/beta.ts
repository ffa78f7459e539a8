/**
 * The beta distribution between 0 and 1, which PERT estimates stand on.
 *
 * Sources: the continued fraction of the incomplete beta function, NIST Digital Library of Mathematical Functions
 * 8.17.22, evaluated by the modified Lentz method; the logarithm of gamma by C. Lanczos (1964), g = 7. Written here:
 * jStat is no longer kept and is off in the ninth digit; @stdlib's quantile brings 237 packages, 80 of which compile.
 */
import { normalDensity, normalProbability } from './normal.ts';

export interface Beta {
  readonly alpha: number;
  readonly beta: number;
}

/** The probability of at most `x`. */
export function betaProbability(shape: Beta, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const { alpha, beta } = shape;
  if (x > (alpha + 1) / (alpha + beta + 2)) return 1 - betaProbability({ alpha: beta, beta: alpha }, 1 - x);
  return (betaDensity(shape, x) * x * (1 - x) * fraction(shape, x)) / alpha;
}

/** Where `probability` lies below; Newton's steps, kept between bounds that close in. */
export function betaQuantile(shape: Beta, probability: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  let [low, high, x] = [0, 1, shape.alpha / (shape.alpha + shape.beta)];
  for (let step = 0; step < 100; step += 1) {
    const excess = betaProbability(shape, x) - probability;
    if (excess > 0) high = x;
    else low = x;
    const newton = x - excess / betaDensity(shape, x);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-14 * x) return next;
    x = next;
  }
  return x;
}

/**
 * The same as a function of the standard normal score of the probability, quick enough for millions of draws: cubic
 * Hermite pieces through exact values and slopes, 1/16 apart from -8 to 8, to 7 digits.
 */
export function betaByScore(shape: Beta): (score: number) => number {
  const nodes = Array.from({ length: 257 }, (_, at) => nodeAt(shape, (at - 128) / 16));
  const values = Float64Array.from(nodes, ({ value }) => value);
  const slopes = Float64Array.from(nodes, ({ slope }) => slope / 16);
  return (score) => {
    const position = Math.min(256, Math.max(0, score * 16 + 128));
    const at = Math.min(255, Math.floor(position));
    const t = position - at;
    const [from, to, leaving, arriving] = [values[at]!, values[at + 1]!, slopes[at]!, slopes[at + 1]!];
    const bend = 2 * (from - to) + leaving + arriving;
    return from + t * (leaving + t * (3 * (to - from) - 2 * leaving - arriving + t * bend));
  };
}

function nodeAt({ alpha, beta }: Beta, score: number): { value: number; slope: number } {
  const shape = score > 0 ? { alpha: beta, beta: alpha } : { alpha, beta };
  const near = betaQuantile(shape, normalProbability(-Math.abs(score)));
  return { value: score > 0 ? 1 - near : near, slope: normalDensity(score) / betaDensity(shape, near) };
}

function betaDensity({ alpha, beta }: Beta, x: number): number {
  const logOfBeta = logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta);
  return Math.exp((alpha - 1) * Math.log(x) + (beta - 1) * Math.log1p(-x) - logOfBeta);
}

function fraction({ alpha, beta }: Beta, x: number): number {
  const tiny = 1e-300;
  let ratio = 1;
  let inverse = 1 / away(1 - ((alpha + beta) * x) / (alpha + 1));
  let product = inverse;
  for (let term = 1; term < 1000; term += 1) {
    const even = (term * (beta - term) * x) / ((alpha + 2 * term - 1) * (alpha + 2 * term));
    const odd = (-(alpha + term) * (alpha + beta + term) * x) / ((alpha + 2 * term) * (alpha + 2 * term + 1));
    let change = 1;
    for (const numerator of [even, odd]) {
      inverse = 1 / away(1 + numerator * inverse);
      ratio = away(1 + numerator / ratio);
      change = inverse * ratio;
      product *= change;
    }
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return product;

  function away(value: number): number {
    return Math.abs(value) < tiny ? tiny : value;
  }
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** For `x` of at least a half. */
function logGamma(x: number): number {
  const sum = lanczos.reduce((total, coefficient, at) => total + coefficient / (x + at), 0.99999999999980993);
  const base = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}
