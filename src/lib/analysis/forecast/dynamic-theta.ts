/**
 * The dynamic optimised Theta model: the line of the Theta method is learnt anew with every period, and how much of the
 * curvature is kept is fitted too.
 *
 * Source: J. A. Fiorucci, T. R. Pellegrini, F. Louzada, F. Petropoulos, A. B. Koehler, "Models for optimising the theta
 * method and their relationship to state space models", International Journal of Forecasting 32 (2016), equations 16-22.
 */
import { minimise } from './nelder-mead.ts';

interface Line {
  level: number;
  mean: number;
  a: number;
  b: number;
}

/** The mean of the next `horizon` periods of a history without season. */
export function dynamicTheta(history: Float64Array, horizon: number): number[] {
  const scale = history.reduce((sum, value) => sum + Math.abs(value), 0) / history.length || 1;
  const scaled = history.map((value) => value / scale);
  const best = minimise((at) => follow(scaled, parametersAt(at, scaled[0]!)).squaredErrors, [0, -0.5, 0], {
    step: 0.5,
    maxEvaluations: 220,
    tolerance: 1e-7,
  });
  const parameters = parametersAt(best.at, scaled[0]!);
  const { line } = follow(scaled, parameters);
  const ahead: number[] = [];
  for (let step = 0; step < horizon; step += 1) {
    const value = expected(line, parameters, scaled.length + step);
    ahead.push(value * scale);
    learn(line, parameters, value, scaled.length + step + 1);
  }
  return ahead;
}

interface Parameters {
  readonly alpha: number;
  readonly theta: number;
  readonly level: number;
}

function parametersAt(at: Float64Array, first: number): Parameters {
  return {
    level: first / 2 + at[0]! * Math.abs(first === 0 ? 1 : first),
    alpha: 0.1 + 0.89 / (1 + Math.exp(-at[1]!)),
    theta: 1 + Math.exp(at[2]! * 2),
  };
}

function follow(history: Float64Array, parameters: Parameters): { line: Line; squaredErrors: number } {
  const first = history[0]!;
  const line: Line = {
    level: parameters.alpha * first + (1 - parameters.alpha) * parameters.level,
    mean: first,
    a: first,
    b: 0,
  };
  let squaredErrors = 0;
  for (let t = 1; t < history.length; t += 1) {
    const error = history[t]! - expected(line, parameters, t);
    if (t > 2) squaredErrors += error * error;
    learn(line, parameters, history[t]!, t + 1);
  }
  return { line, squaredErrors };
}

/** What is expected after `t` periods were learnt. */
function expected({ level, a, b }: Line, { alpha, theta }: Parameters, t: number): number {
  const faded = (1 - alpha) ** t;
  return level + (1 - 1 / theta) * (faded * a + ((1 - faded * (1 - alpha)) / alpha) * b);
}

/** Learns the value of period number `t`, counted from 1. */
function learn(line: Line, { alpha }: Parameters, value: number, t: number): void {
  const before = line.mean;
  line.level = alpha * value + (1 - alpha) * line.level;
  line.mean = ((t - 1) * before + value) / t;
  line.b = ((t - 2) * line.b + (6 * (value - before)) / t) / (t + 1);
  line.a = line.mean - ((t + 1) / 2) * line.b;
}
