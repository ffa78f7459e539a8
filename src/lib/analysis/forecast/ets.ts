/**
 * Exponential smoothing with its form chosen by the corrected information criterion: trend none, additive or damped,
 * season none or additive, each on the values and, where all are positive, on their logarithms (which makes trend and
 * season multiplicative). Twelve forms for a series with a season.
 *
 * Source of the criterion: Hyndman and others (2008), section 7.1; the term with the sum of logarithms makes forms on
 * logarithms and on values comparable (change of variable).
 */
import { fitSmoothing, meanAhead, varianceAhead, type FittedSmoothing, type Trend } from './smoothing.ts';

export interface ChosenForm {
  readonly fitted: FittedSmoothing;
  readonly isLogarithmic: boolean;
  readonly criterion: number;
}

const TRENDS: readonly Trend[] = ['none', 'additive', 'damped'];
/** Above this many periods a season has too many first states to be worth their estimation. */
const LONGEST_SEASON = 24;

/** The form with the least criterion; null where the history is too short for any. */
export function chooseForm(history: Float64Array, season: number): ChosenForm | null {
  const seasons = season > 1 && season <= LONGEST_SEASON ? [1, season] : [1];
  const scales = history.every((value) => value > 0) ? [false, true] : [false];
  let chosen: ChosenForm | null = null;
  for (const isLogarithmic of scales) {
    const values = isLogarithmic ? history.map(Math.log) : history;
    const jacobian = isLogarithmic ? 2 * values.reduce((sum, value) => sum + value, 0) : 0;
    for (const trend of TRENDS) {
      for (const periods of seasons) {
        const fitted = fitSmoothing(values, { trend, season: periods });
        if (fitted === null) continue;
        const criterion = informationCriterion(fitted) + jacobian;
        if (chosen === null || criterion < chosen.criterion) chosen = { fitted, isLogarithmic, criterion };
      }
    }
  }
  return chosen;
}

/** Mean (the median, on logarithms) and variance of the next `horizon` periods, in the units of the history. */
export function formAhead(
  { fitted, isLogarithmic }: ChosenForm,
  horizon: number,
): { readonly mean: readonly number[]; readonly variance: readonly number[] } {
  const n = fitted.errors.length;
  const oneStep = fitted.squaredErrors / Math.max(1, n - fitted.degrees + 1);
  const mean = meanAhead(fitted, horizon);
  const variance = varianceAhead(fitted, horizon).map((multiple) => multiple * oneStep);
  if (!isLogarithmic) return { mean, variance };
  const values = mean.map(Math.exp);
  return { mean: values, variance: variance.map((each, step) => values[step]! ** 2 * Math.expm1(Math.min(each, 4))) };
}

/** Akaike's criterion, corrected for short histories, up to what all forms of one history share. */
function informationCriterion({ squaredErrors, errors, degrees }: FittedSmoothing): number {
  const n = errors.length;
  // A perfect fit is told from another by its size alone.
  const perPeriod = Math.max(squaredErrors / n, Number.MIN_VALUE);
  return n * Math.log(perPeriod) + 2 * degrees + (2 * degrees * (degrees + 1)) / (n - degrees - 1);
}
