/** Every way of forecasting by name: from a history to the mean of what comes. */
import { complexSmoothing } from './complex-smoothing.ts';
import { dynamicTheta } from './dynamic-theta.ts';
import { chooseForm, formAhead } from './ets.ts';
import { holtWinters } from './holt-winters.ts';
import { teunter } from './intermittent.ts';
import { shrunkSeasonalIndices, withoutSeason, withSeason } from './seasonal-indices.ts';
import { fitSmoothing, meanAhead, varianceAhead, type Trend } from './smoothing.ts';
import { theta } from './theta.ts';

export type MethodName =
  | 'seasonal-naive'
  | 'simple-smoothing'
  | 'holt'
  | 'damped-trend'
  | 'theta'
  | 'dynamic-theta'
  | 'complex-smoothing'
  | 'ets'
  | 'holt-winters'
  | 'intermittent';

export interface Ahead {
  /** What is expected of each period, the next one first, in the units of the history. */
  readonly mean: readonly number[];
  /** How far off that may be, as a variance; of methods that have a formula for it. */
  readonly variance?: readonly number[];
}

/** What comes in `horizon` periods after a history of `season` periods a cycle; null where it cannot be fitted. */
export type Method = (history: Float64Array, season: number, horizon: number) => Ahead | null;

export const METHODS: Readonly<Record<MethodName, Method>> = {
  'seasonal-naive': (history, season, horizon) => {
    const cycle = history.length >= season ? season : 1;
    return { mean: Array.from({ length: horizon }, (_, step) => history[history.length - cycle + (step % cycle)]!) };
  },
  'simple-smoothing': seasonallyAdjusted((history, horizon) => smoothed(history, 'none', horizon)),
  holt: seasonallyAdjusted((history, horizon) => smoothed(history, 'additive', horizon)),
  'damped-trend': seasonallyAdjusted((history, horizon) => smoothed(history, 'damped', horizon)),
  theta: seasonallyAdjusted((history, horizon) => ({ mean: theta(history, horizon) })),
  'dynamic-theta': seasonallyAdjusted((history, horizon) => ({ mean: dynamicTheta(history, horizon) })),
  'complex-smoothing': seasonallyAdjusted((history, horizon) => {
    const mean = complexSmoothing(history, horizon);
    return mean && { mean };
  }),
  ets: (history, season, horizon) => {
    const chosen = chooseForm(history, season);
    return chosen && formAhead(chosen, horizon);
  },
  'holt-winters': (history, season, horizon) => {
    const mean = holtWinters(history, season, horizon);
    return mean && { mean };
  },
  intermittent: (history, _, horizon) => ({ mean: new Array<number>(horizon).fill(teunter(history)) }),
};

/** A method for histories without a season, with the shrunk season taken out before and put back after. */
function seasonallyAdjusted(method: (history: Float64Array, horizon: number) => Ahead | null): Method {
  return (history, season, horizon) => {
    const indices = shrunkSeasonalIndices(history, season);
    if (indices === null) return method(history, horizon);
    const ahead = method(withoutSeason(history, indices), horizon);
    if (ahead === null) return null;
    const mean = withSeason(ahead.mean, indices, history.length);
    if (ahead.variance === undefined || indices.kind === 'additive') return { ...ahead, mean };
    const scale = withSeason(new Array<number>(horizon).fill(1), indices, history.length);
    return { mean, variance: ahead.variance.map((each, step) => each * scale[step]! ** 2) };
  };
}

function smoothed(history: Float64Array, trend: Trend, horizon: number): Ahead | null {
  const fitted = fitSmoothing(history, { trend, season: 1 });
  if (fitted === null) return null;
  const oneStep = fitted.squaredErrors / Math.max(1, history.length - fitted.degrees + 1);
  return {
    mean: meanAhead(fitted, horizon),
    variance: varianceAhead(fitted, horizon).map((multiple) => multiple * oneStep),
  };
}
