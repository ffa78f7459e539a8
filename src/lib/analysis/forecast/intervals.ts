/**
 * How wide the range around a forecast has to be.
 *
 * The spread comes from the formulae of two models, whose variances are averaged; how many spreads make an 80 % range is
 * learnt from errors actually made on a panel of series (split conformal prediction: J. Lei and others, Journal of the
 * American Statistical Association 113 (2018)), or, while there are too few, taken from the normal distribution and
 * widened by a tenth, because chosen and fitted models always look better in the past than they are.
 */
import type { Interval } from './accuracy.ts';
import type { Ahead, MethodName } from './methods.ts';

export const LEVELS: readonly number[] = [50, 80, 95];

/** How many spreads a range of a level reaches to either side. */
export type Reach = (level: number) => number;

const SPREAD_FROM: readonly MethodName[] = ['ets', 'simple-smoothing'];
const FEWEST_ERRORS = 100;
const WIDENED = 1.1;

/** The standard deviation of each period ahead; null where no model has one. `length` is that of the history. */
export function spreadAhead(
  forecasts: ReadonlyMap<MethodName, Ahead>,
  horizon: number,
  length: number,
): readonly number[] | null {
  const variances = SPREAD_FROM.flatMap((name) => {
    const variance = forecasts.get(name)?.variance;
    return variance === undefined ? [] : [variance];
  });
  if (variances.length === 0) return null;
  return Array.from({ length: horizon }, (_, step) => {
    const variance = variances.reduce((sum, each) => sum + each[step]!, 0) / variances.length;
    // Level and slope were estimated from `length` periods, and are the less certain the further they are carried.
    return Math.sqrt(variance * (1 + (step + 1) / length));
  });
}

/** From errors in spreads, of either sign, made by forecasts that did not know what they were tested on. */
export function reachFrom(errorsInSpreads: readonly number[]): Reach {
  const sizes = errorsInSpreads
    .map(Math.abs)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (sizes.length < FEWEST_ERRORS) return (level) => WIDENED * normalQuantile(0.5 + level / 200);
  return (level) => sizes[Math.min(sizes.length, Math.ceil((level / 100) * (sizes.length + 1))) - 1]!;
}

/** What ranges are made from, and those made so far. */
interface Ranged {
  readonly mean: readonly number[];
  readonly spread: readonly number[] | null;
  readonly floor: readonly number[] | null;
  readonly intervals: readonly Interval[];
}

/** The same forecast with ranges as wide as the errors of a panel say, once these are known. */
export function withReach<Made extends Ranged>(made: Made, reach: Reach): Made {
  if (made.spread === null) return made;
  const levels = made.intervals.map(({ level }) => level);
  return { ...made, intervals: intervalsAround(made.mean, made.spread, { levels, reach, floor: made.floor }) };
}

/** The range of each level; its lower end stays above the floor, where there is one. */
export function intervalsAround(
  mean: readonly number[],
  spread: readonly number[],
  { levels, reach, floor }: { levels: readonly number[]; reach: Reach; floor: readonly number[] | null },
): Interval[] {
  return levels.map((level) => {
    const width = spread.map((each) => reach(level) * each);
    const lower = mean.map((value, at) => value - width[at]!);
    return {
      level,
      lower: floor === null ? lower : lower.map((value, at) => Math.max(value, floor[at]!)),
      upper: mean.map((value, at) => value + width[at]!),
    };
  });
}

/**
 * The value below which a share of a standard normal distribution lies, to nine digits: P. J. Acklam's rational
 * approximation (2003).
 */
export function normalQuantile(share: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
  const polynomial = (coefficients: readonly number[], x: number): number =>
    coefficients.reduce((sum, each) => sum * x + each, 0);
  if (share > 0.5) return -normalQuantile(1 - share);
  if (share < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(share));
    return polynomial(c, q) / polynomial(d, q);
  }
  const q = share - 0.5;
  return (polynomial(a, q * q) * q) / polynomial(b, q * q);
}
