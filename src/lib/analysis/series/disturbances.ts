/**
 * What does not fit a history: single figures far off, and levels that changed for good. They are marked, never removed.
 *
 * Sources: the limit of 3.5 robust standard deviations is that of B. Iglewicz and D. Hoaglin, "How to Detect and Handle
 * Outliers" (1993); a shift is placed where the absolute deviations from the medians on both sides are least: J. Bai,
 * "Least absolute deviation estimation of a shift", Econometric Theory 11 (1995).
 */
import { shrunkSeasonalIndices, withoutSeason } from '../forecast/seasonal-indices.ts';

export interface Outlier {
  /** Position in the history. */
  readonly at: number;
  /** What its neighbours and its season say. */
  readonly expected: number;
}

export interface LevelShift {
  /** Position of the first figure of the new level. */
  readonly at: number;
  /** How much higher the new level is, without the season. */
  readonly by: number;
}

const FAR = 3.5;
/** The median absolute deviation of a normal distribution in its standard deviations. */
const MAD = 0.6745;
const NEIGHBOURS = 3;
const LEAST_SEGMENT = 6;
const LEAST_LENGTH = 2 * LEAST_SEGMENT;

/** Figures far from the median of those around them; none where there is too little, or nothing varies. */
export function outliersIn(history: Float64Array, season: number): Outlier[] {
  if (history.length < LEAST_LENGTH) return [];
  const indices = shrunkSeasonalIndices(history, season);
  const adjusted = indices === null ? history : withoutSeason(history, indices);
  const local = adjusted.map((_, at) => {
    const before = adjusted.subarray(Math.max(0, at - NEIGHBOURS), at);
    return median([...before, ...adjusted.subarray(at + 1, at + 1 + NEIGHBOURS)]);
  });
  const residuals = adjusted.map((value, at) => value - local[at]!);
  const spread = median([...residuals].map(Math.abs)) / MAD;
  if (spread === 0) return [];
  return [...residuals].flatMap((residual, at) =>
    Math.abs(residual) > FAR * spread
      ? [{ at, expected: history[at]! - residual * (history[at]! / adjusted[at]! || 1) }]
      : [],
  );
}

/** The one clearest change of level; null where none is beyond chance. */
export function levelShiftIn(history: Float64Array, season: number): LevelShift | null {
  if (history.length < LEAST_LENGTH) return null;
  const indices = shrunkSeasonalIndices(history, season);
  const adjusted = indices === null ? history : withoutSeason(history, indices);
  let at = LEAST_SEGMENT;
  let least = Infinity;
  for (let split = LEAST_SEGMENT; split <= adjusted.length - LEAST_SEGMENT; split += 1) {
    const apart = deviation(adjusted.subarray(0, split)) + deviation(adjusted.subarray(split));
    if (apart < least) [at, least] = [split, apart];
  }
  const before = [...adjusted.subarray(0, at)];
  const after = [...adjusted.subarray(at)];
  const by = median(after) - median(before);
  const chance = FAR * Math.max(spreadOf(before), spreadOf(after));
  // A slope also has a lower half: a shift is as wide right at the split as it is over all.
  const step = median(after.slice(0, LEAST_SEGMENT)) - median(before.slice(-LEAST_SEGMENT));
  return Math.abs(by) > chance && Math.abs(step) > Math.abs(by) / 2 && step * by > 0 ? { at, by } : null;
}

function deviation(values: Float64Array): number {
  const middle = median([...values]);
  return values.reduce((sum, value) => sum + Math.abs(value - middle), 0);
}

function spreadOf(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle))) / MAD;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
