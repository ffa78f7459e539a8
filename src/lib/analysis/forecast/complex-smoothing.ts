/**
 * Complex exponential smoothing: a level and a part that is not seen steer each other, so that trends of any shape need
 * no separate form.
 *
 * Source: I. Svetunkov, N. Kourentzes, J. K. Ord, "Complex exponential smoothing", Naval Research Logistics 69 (2022),
 * the simple form. As in `smoothing.ts`, the first states are solved for exactly.
 */
import { solvePositive } from './linear-system.ts';
import { minimise } from './nelder-mead.ts';

/** The mean of the next `horizon` periods of a history without season; null where the history is too short. */
export function complexSmoothing(history: Float64Array, horizon: number): number[] | null {
  if (history.length < 7) return null;
  const errors = [0, 1, 2].map(() => new Float64Array(history.length));
  const fit = (real: number, imaginary: number): { first: Float64Array; squaredErrors: number } => {
    run(history, real, imaginary, 0, 0, errors[0]!);
    run(null, real, imaginary, 1, 0, errors[1]!, history.length);
    run(null, real, imaginary, 0, 1, errors[2]!, history.length);
    const [base, level, unseen] = errors as [Float64Array, Float64Array, Float64Array];
    const matrix = Float64Array.from([dot(level, level), 0, dot(unseen, level), dot(unseen, unseen)]);
    const first = Float64Array.from([-dot(level, base), -dot(unseen, base)]);
    const before = Float64Array.from(first);
    if (!solvePositive(matrix, first, 2)) return { first, squaredErrors: Infinity };
    const squaredErrors = dot(base, base) - dot(first, before);
    return { first, squaredErrors: Number.isFinite(squaredErrors) ? Math.max(squaredErrors, 0) : Infinity };
  };
  const best = minimise(
    ([real, imaginary]) => (isStable(real!, imaginary!) ? fit(real!, imaginary!).squaredErrors : Infinity),
    [1.3, 1],
    { step: 0.15, maxEvaluations: 160, tolerance: 1e-7 },
  );
  const [real, imaginary] = best.at as unknown as [number, number];
  const { first, squaredErrors } = fit(real, imaginary);
  if (!Number.isFinite(squaredErrors)) return null;
  let { level, unseen } = run(history, real, imaginary, first[0]!, first[1]!, errors[0]!);
  return Array.from({ length: horizon }, () => {
    const value = level;
    [level, unseen] = [level - (1 - imaginary) * unseen, level + (1 - real) * unseen];
    return value;
  });
}

/** The region of stability: both roots of the error's own recursion inside the unit circle. */
function isStable(real: number, imaginary: number): boolean {
  // Discount matrix [[1 - r + i, -(1 - i)], [1 - r - i, 1 - r]].
  const trace = 2 - 2 * real + imaginary;
  const determinant = (1 - real + imaginary) * (1 - real) + (1 - imaginary) * (1 - real - imaginary);
  return Math.abs(determinant) < 1 && Math.abs(trace) < 1 + determinant;
}

function run(
  history: Float64Array | null,
  real: number,
  imaginary: number,
  level: number,
  unseen: number,
  errors: Float64Array,
  length = errors.length,
): { level: number; unseen: number } {
  for (let t = 0; t < length; t += 1) {
    const error = (history === null ? 0 : history[t]!) - level;
    const next = level - (1 - imaginary) * unseen + (real - imaginary) * error;
    unseen = level + (1 - real) * unseen + (real + imaginary) * error;
    level = next;
    errors[t] = error;
  }
  return { level, unseen };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t += 1) sum += a[t]! * b[t]!;
  return sum;
}
