/**
 * What does not fit a history: single figures far off, and levels that changed for good. They are marked, never removed.
 *
 * Sources: the limit of 3.5 robust standard deviations is that of B. Iglewicz and D. Hoaglin, "How to Detect and Handle
 * Outliers" (1993); a shift is placed where the absolute deviations from the medians on both sides are least: J. Bai,
 * "Least absolute deviation estimation of a shift", Econometric Theory 11 (1995).
 */
import { shrunkSeasonalIndices, withoutSeason, withSeason } from '../forecast/seasonal-indices.ts';

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
  const adjusted = seasonOut(history, season);
  const local = adjusted.map((_, at) => neighboursOf(adjusted, at));
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
  const adjusted = seasonOut(history, season);
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

/** What its neighbours and its season say of one figure, whatever it is itself; the figure where it is the only one. */
export function figureExpected(history: Float64Array, season: number, at: number): number {
  if (history.length < 2) return history[at]!;
  let figure = history[at]!;
  // The season is estimated again without the figure, whose own distance would be in it.
  for (let turn = 0; turn < 3; turn += 1) {
    const read = history.with(at, figure);
    const adjusted = seasonOut(read, season);
    const expected = neighboursOf(adjusted, at);
    const indices = shrunkSeasonalIndices(read, season);
    figure = indices === null ? expected : withSeason([expected], indices, at)[0]!;
  }
  return figure;
}

/** What brings the figures before a position to the level after it: a factor where all are positive, else an amount. */
export function shiftAt(history: Float64Array, season: number, at: number): { times: number; plus: number } {
  const isPositive = history.every((value) => value > 0);
  let shift = { times: 1, plus: 0 };
  if (at < 1 || at >= history.length) return shift;
  // A season that is estimated over a shift has some of it: once it is taken out, both are seen more clearly.
  for (let turn = 0; turn < 3; turn += 1) {
    const { times, plus } = shift;
    const joined = history.map((value, t) => (t < at ? value * times + plus : value));
    const adjusted = seasonOut(joined, season);
    const after = median([...adjusted.subarray(at, at + LEAST_SEGMENT)]);
    const before = median([...adjusted.subarray(Math.max(0, at - LEAST_SEGMENT), at)]);
    shift = isPositive ? { times: (times * after) / before, plus: 0 } : { times: 1, plus: plus + after - before };
  }
  return shift;
}

function seasonOut(history: Float64Array, season: number): Float64Array {
  const indices = shrunkSeasonalIndices(history, season);
  return indices === null ? history : withoutSeason(history, indices);
}

function neighboursOf(values: Float64Array, at: number): number {
  const before = values.subarray(Math.max(0, at - NEIGHBOURS), at);
  return median([...before, ...values.subarray(at + 1, at + 1 + NEIGHBOURS)]);
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
