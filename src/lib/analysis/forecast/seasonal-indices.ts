/**
 * Seasonal indices that are only as strong as the evidence for them.
 *
 * A straight line with one effect for each period of the season is fitted by least squares (to logarithms where all
 * values are positive), and the effects are shrunk towards none by the James-Stein estimator of D. M. Miller and
 * D. Williams, "Shrinkage estimators of time series seasonal factors and their effect on forecasting accuracy",
 * International Journal of Forecasting 19 (2003). They estimate by ratios to a moving average, which leaves half a
 * season unused at either end: with two years of months that is all that is known of the noise.
 */

export interface SeasonalIndices {
  readonly kind: 'multiplicative' | 'additive';
  /** One for each period of the season; they average 1, or 0 when additive. */
  readonly indices: readonly number[];
}

/** No indices where there are fewer than two full seasons, or nothing that repeats. */
export function shrunkSeasonalIndices(history: Float64Array, season: number): SeasonalIndices | null {
  const n = history.length;
  if (season < 4 || n < 2 * season) return null;
  const kind = history.every((value) => value > 0) ? 'multiplicative' : 'additive';
  const values = kind === 'multiplicative' ? history.map(Math.log) : history;
  const { effects, variance } = lineAndSeasons(values, season);
  const between = effects.reduce((sum, effect) => sum + effect * effect, 0) / (season - 1);
  if (between === 0) return null;
  const within = (variance * season) / n;
  const kept = 1 - Math.min(1, (((season - 3) / (season - 1)) * within) / between);
  if (kept === 0) return null;
  return {
    kind,
    indices: effects.map((effect) => (kind === 'multiplicative' ? Math.exp(kept * effect) : kept * effect)),
  };
}

/** Takes the season out of a history, or (with `back`) puts it on what begins at period `from`. */
export function withoutSeason(history: Float64Array, { kind, indices }: SeasonalIndices): Float64Array {
  return history.map((value, t) => {
    const index = indices[t % indices.length]!;
    return kind === 'multiplicative' ? value / index : value - index;
  });
}

export function withSeason(values: readonly number[], { kind, indices }: SeasonalIndices, from: number): number[] {
  return values.map((value, step) => {
    const index = indices[(from + step) % indices.length]!;
    return kind === 'multiplicative' ? value * index : value + index;
  });
}

/** Least squares of a straight line with one effect for each period of the season; the effects add up to zero. */
function lineAndSeasons(values: Float64Array, season: number): { effects: number[]; variance: number } {
  const n = values.length;
  const height = new Float64Array(season);
  const time = new Float64Array(season);
  const count = new Float64Array(season);
  values.forEach((value, t) => {
    height[t % season]! += value;
    time[t % season]! += t;
    count[t % season]! += 1;
  });
  for (let at = 0; at < season; at += 1) {
    height[at]! /= count[at]!;
    time[at]! /= count[at]!;
  }
  let together = 0;
  let alone = 0;
  values.forEach((value, t) => {
    const apart = t - time[t % season]!;
    together += (value - height[t % season]!) * apart;
    alone += apart * apart;
  });
  const slope = together / alone;
  let squares = 0;
  values.forEach((value, t) => {
    squares += (value - height[t % season]! - slope * (t - time[t % season]!)) ** 2;
  });
  const effects = Array.from(height, (each, at) => each - slope * time[at]!);
  const middle = effects.reduce((sum, effect) => sum + effect, 0) / season;
  return { effects: effects.map((effect) => effect - middle), variance: squares / (n - season - 1) };
}
