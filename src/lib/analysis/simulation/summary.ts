/** What the paths say, each figure with the error that drawing other paths would make. */

export interface Estimate {
  readonly value: number;
  /** Standard error, from how much independent replicates differ; null with a single one. */
  readonly error: number | null;
}

export interface Summary {
  readonly paths: number;
  readonly mean: Estimate;
  /** Standard deviation over all paths. */
  readonly spread: number;
  /** By level in percent: half of the paths stay under the one at 50. */
  readonly percentiles: ReadonlyMap<number, Estimate>;
  /** The mean of the dearest twentieth of the paths (expected shortfall at 95 %). */
  readonly shortfall: Estimate;
}

const usualLevels = [5, 10, 25, 50, 75, 90, 95];

/** `samples` of as many replicates as given, one after the other. */
export function summarise(samples: Float64Array, replicates: number, levels: readonly number[] = usualLevels): Summary {
  const mean = estimate(samples, replicates, meanOf);
  return {
    paths: samples.length,
    mean,
    spread: Math.sqrt(meanOf(samples.map((value) => (value - mean.value) ** 2))),
    percentiles: new Map(
      levels.map((level) => [level, estimate(samples, replicates, (part) => percentile(part, level))]),
    ),
    shortfall: estimate(samples, replicates, (part) =>
      meanOf(
        Float64Array.from(part)
          .sort()
          .slice(-Math.ceil(part.length / 20)),
      ),
    ),
  };
}

/** How likely a path costs more than the budget. */
export function exceedance(samples: Float64Array, replicates: number, budget: number): Estimate {
  return estimate(samples, replicates, (part) => meanOf(part.map((value) => (value > budget ? 1 : 0))));
}

export interface Convergence {
  readonly paths: number;
  readonly mean: Estimate;
  readonly percentiles: ReadonlyMap<number, Estimate>;
}

/** The same figures from the first paths of every replicate, twice as many each time, up to all. */
export function convergence(
  samples: Float64Array,
  replicates: number,
  levels: readonly number[] = [10, 50, 90],
): readonly Convergence[] {
  const points = samples.length / replicates;
  const sizes: number[] = [];
  for (let size = points; size >= Math.min(points, 16); size = Math.floor(size / 2)) sizes.unshift(size);
  return sizes.map((size) => {
    const parts = partsOf(samples, replicates).map((part) => part.subarray(0, size));
    const first = Float64Array.from(parts.flatMap((part) => [...part]));
    const { paths, mean, percentiles } = summarise(first, replicates, levels);
    return { paths, mean, percentiles };
  });
}

/** Definition 7 of Hyndman and Fan (1996). */
export function percentile(samples: Float64Array, level: number): number {
  return percentileOf(Float64Array.from(samples).sort(), level);
}

/** Several at once, by level in percent. */
export function percentiles(
  samples: Float64Array,
  levels: readonly number[] = usualLevels,
): ReadonlyMap<number, number> {
  const sorted = Float64Array.from(samples).sort();
  return new Map(levels.map((level) => [level, percentileOf(sorted, level)]));
}

/** Paths whose value lies from `from` up to `to`; the last bin holds its upper end too. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly paths: number;
}

/** All paths in bins of one width from the least value to the greatest; a single bin where all are equal. */
export function histogram(samples: Float64Array, bins = 32): readonly Bin[] {
  const least = samples.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = samples.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(greatest > least)) return samples.length === 0 ? [] : [{ from: least, to: greatest, paths: samples.length }];
  const width = (greatest - least) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of samples) counts[Math.min(bins - 1, Math.floor((value - least) / width))]! += 1;
  return counts.map((paths, at) => ({
    from: least + at * width,
    to: at === bins - 1 ? greatest : least + (at + 1) * width,
    paths,
  }));
}

function percentileOf(sorted: Float64Array, level: number): number {
  const position = ((sorted.length - 1) * level) / 100;
  const below = sorted[Math.floor(position)]!;
  return below + (position - Math.floor(position)) * (sorted[Math.ceil(position)]! - below);
}

/** The value of all paths, and as its error that of the mean of the replicates' own values. */
export function estimate(samples: Float64Array, replicates: number, of: (part: Float64Array) => number): Estimate {
  const value = of(samples);
  if (replicates < 2) return { value, error: null };
  const values = Float64Array.from(partsOf(samples, replicates), of);
  const middle = meanOf(values);
  const squares = values.reduce((sum, each) => sum + (each - middle) ** 2, 0);
  return { value, error: Math.sqrt(squares / (replicates - 1) / replicates) };
}

function partsOf(samples: Float64Array, replicates: number): readonly Float64Array[] {
  const points = samples.length / replicates;
  return Array.from({ length: replicates }, (_, at) => samples.subarray(at * points, (at + 1) * points));
}

function meanOf(samples: Float64Array): number {
  return samples.reduce((sum, value) => sum + value, 0) / samples.length;
}
