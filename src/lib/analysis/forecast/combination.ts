/**
 * The default forecast: a weighted mean of five methods that err in different ways. Picking the one that was best on
 * the last periods was measured to be worse (see SPEC.md, R6).
 */
import { METHODS, type Ahead, type MethodName } from './methods.ts';

export const MEMBERS: readonly MethodName[] = ['ets', 'theta', 'damped-trend', 'dynamic-theta', 'complex-smoothing'];

export type Weights = ReadonlyMap<MethodName, number>;

/** What the methods say, by name; those that a history is too short for are left out. */
export function forecastsOf(
  names: readonly MethodName[],
  history: Float64Array,
  season: number,
  horizon: number,
): Map<MethodName, Ahead> {
  const found = new Map<MethodName, Ahead>();
  for (const name of names) {
    const ahead = METHODS[name](history, season, horizon);
    if (ahead?.mean.every(Number.isFinite) === true) found.set(name, ahead);
  }
  return found;
}

/** Weights as one over the error of each method; equal ones where there are no errors to go by. */
export function weightsFrom(names: readonly MethodName[], errors: ReadonlyMap<MethodName, number>): Weights {
  const known = names.flatMap((name) => errors.get(name) ?? []);
  if (known.length < names.length) return new Map(names.map((name) => [name, 1 / names.length]));
  // A method that hit everything would silence the others: no error counts as less than a tenth of the usual one.
  const usual = known.reduce((sum, error) => sum + error, 0) / known.length;
  const inverse = known.map((error) => (usual === 0 ? 1 : 1 / Math.max(error, usual / 10)));
  const whole = inverse.reduce((sum, each) => sum + each, 0);
  return new Map(names.map((name, at) => [name, inverse[at]! / whole]));
}

/** The weighted mean, period by period. */
export function combined(forecasts: ReadonlyMap<MethodName, Ahead>, weights: Weights, horizon: number): number[] {
  const members = [...forecasts].map(([name, { mean }]) => ({ mean, weight: weights.get(name) ?? 0 }));
  const whole = members.reduce((sum, { weight }) => sum + weight, 0);
  return Array.from({ length: horizon }, (_, step) =>
    members.reduce((sum, { mean, weight }) => sum + (weight / whole) * mean[step]!, 0),
  );
}
