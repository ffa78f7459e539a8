/**
 * What a driver may turn out to be. Every distribution is a function of a standard normal score, so that drivers can be
 * drawn together by a Gaussian copula whatever their own shapes are.
 */
import { betaByScore } from './beta.ts';
import { normalProbability } from './normal.ts';

export type Distribution =
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  /** The logarithm is normal; the median is e to the `meanLog`. */
  | { readonly kind: 'lognormal'; readonly meanLog: number; readonly sdLog: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  /** Beta with the mean (low + weight mode + high) / (weight + 2); D. Malcolm and others (1959) with `weight` 4. */
  | {
      readonly kind: 'pert';
      readonly low: number;
      readonly mode: number;
      readonly high: number;
      readonly weight?: number;
    }
  | { readonly kind: 'discrete'; readonly values: readonly number[]; readonly probabilities: readonly number[] }
  /** What was seen, joined by straight lines (definition 7 of Hyndman and Fan, 1996). */
  | { readonly kind: 'empirical'; readonly values: readonly number[] };

export type DistributionFault =
  | { readonly kind: 'not-a-number'; readonly parameter: string }
  | { readonly kind: 'negative-spread'; readonly parameter: string }
  | { readonly kind: 'out-of-order'; readonly parameters: readonly string[] }
  | { readonly kind: 'weight-not-positive' }
  | { readonly kind: 'no-values' }
  | { readonly kind: 'unequal-lists'; readonly values: number; readonly probabilities: number }
  | { readonly kind: 'not-a-probability'; readonly probability: number }
  | { readonly kind: 'probabilities-do-not-add-up'; readonly sum: number }
  | { readonly kind: 'too-large' };

/** The first reason why nothing can be drawn from it, or null. */
export function faultOf(distribution: Distribution): DistributionFault | null {
  for (const [parameter, value] of Object.entries(distribution)) {
    const numbers: readonly unknown[] = parameter === 'kind' ? [] : [value].flat();
    if (!numbers.every(Number.isFinite)) return { kind: 'not-a-number', parameter };
  }
  return shapeFault(distribution) ?? sizeFault(distribution);
}

/** The value as likely to be stayed under as the score is; for a distribution without fault. */
export function byScore(distribution: Distribution): (score: number) => number {
  switch (distribution.kind) {
    case 'normal': {
      const { mean, sd } = distribution;
      return (score) => mean + sd * score;
    }
    case 'lognormal': {
      const { meanLog, sdLog } = distribution;
      return (score) => Math.exp(meanLog + sdLog * score);
    }
    case 'uniform': {
      const { low, high } = distribution;
      return (score) => low + (high - low) * normalProbability(score);
    }
    case 'triangular':
      return triangularByScore(distribution);
    case 'pert':
      return pertByScore(distribution);
    case 'discrete':
      return discreteByScore(distribution);
    case 'empirical':
      return empiricalByScore(distribution.values);
  }
}

function shapeFault(distribution: Distribution): DistributionFault | null {
  switch (distribution.kind) {
    case 'normal':
      return distribution.sd < 0 ? { kind: 'negative-spread', parameter: 'sd' } : null;
    case 'lognormal':
      return distribution.sdLog < 0 ? { kind: 'negative-spread', parameter: 'sdLog' } : null;
    case 'uniform':
      return distribution.low > distribution.high ? { kind: 'out-of-order', parameters: ['low', 'high'] } : null;
    case 'triangular':
    case 'pert': {
      const { low, mode, high } = distribution;
      if (low > mode || mode > high) return { kind: 'out-of-order', parameters: ['low', 'mode', 'high'] };
      const weighs = distribution.kind === 'triangular' || (distribution.weight ?? 4) > 0;
      return weighs ? null : { kind: 'weight-not-positive' };
    }
    case 'discrete':
      return discreteFault(distribution);
    case 'empirical':
      return distribution.values.length === 0 ? { kind: 'no-values' } : null;
  }
}

function discreteFault({ values, probabilities }: Distribution & { kind: 'discrete' }): DistributionFault | null {
  if (values.length === 0) return { kind: 'no-values' };
  if (values.length !== probabilities.length) {
    return { kind: 'unequal-lists', values: values.length, probabilities: probabilities.length };
  }
  const outside = probabilities.find((probability) => probability < 0 || probability > 1);
  if (outside !== undefined) return { kind: 'not-a-probability', probability: outside };
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  return Math.abs(sum - 1) > 1e-9 ? { kind: 'probabilities-do-not-add-up', sum } : null;
}

function sizeFault(distribution: Distribution): DistributionFault | null {
  const draw = byScore(distribution);
  return [-8, 0, 8].every((score) => Number.isFinite(draw(score))) ? null : { kind: 'too-large' };
}

function triangularByScore({
  low,
  mode,
  high,
}: {
  low: number;
  mode: number;
  high: number;
}): (score: number) => number {
  const range = high - low;
  const below = range > 0 ? (mode - low) / range : 0;
  const [rising, falling] = [range * (mode - low), range * (high - mode)];
  return (score) => {
    const probability = normalProbability(score);
    if (probability < below) return low + Math.sqrt(probability * rising);
    return high - Math.sqrt(normalProbability(-score) * falling);
  };
}

function pertByScore({ low, mode, high, weight = 4 }: Distribution & { kind: 'pert' }): (score: number) => number {
  const range = high - low;
  if (range === 0) return () => low;
  const share = betaByScore({
    alpha: 1 + (weight * (mode - low)) / range,
    beta: 1 + (weight * (high - mode)) / range,
  });
  return (score) => low + range * share(score);
}

function discreteByScore({ values, probabilities }: Distribution & { kind: 'discrete' }): (score: number) => number {
  const possible = values
    .map((value, at) => ({ value, probability: probabilities[at]! }))
    .filter(({ probability }) => probability > 0)
    .sort((a, b) => a.value - b.value);
  let sum = 0;
  const upTo = possible.map(({ probability }) => (sum += probability));
  return (score) => {
    const probability = normalProbability(score);
    let at = 0;
    while (at < upTo.length - 1 && probability > upTo[at]!) at += 1;
    return possible[at]!.value;
  };
}

function empiricalByScore(values: readonly number[]): (score: number) => number {
  const sorted = Float64Array.from(values).sort();
  return (score) => {
    const position = (sorted.length - 1) * normalProbability(score);
    const at = Math.floor(position);
    const below = sorted[at]!;
    return at + 1 < sorted.length ? below + (position - at) * (sorted[at + 1]! - below) : below;
  };
}
