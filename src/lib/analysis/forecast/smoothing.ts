/**
 * Exponential smoothing with additive errors as an innovations state space.
 *
 *   y[t] = l + φ b + s[t - m] + e      l' = l + φ b + α e      b' = φ b + β e      s'[t] = s[t - m] + γ e
 *
 * Source: R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder, "Forecasting with Exponential Smoothing" (2008),
 * chapters 2, 5 and 6. The errors are linear in the first states, so for given smoothing parameters the best first
 * states are the solution of a least-squares problem, and only one to four numbers are left to search for.
 */
import { solvePositive } from './linear-system.ts';
import { minimise } from './nelder-mead.ts';

export type Trend = 'none' | 'additive' | 'damped';

export interface Form {
  readonly trend: Trend;
  /** Periods in a season; 1 for none. */
  readonly season: number;
}

export interface Parameters {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
}

export interface FittedSmoothing {
  readonly form: Form;
  readonly parameters: Parameters;
  /** Sum of the squared one-step errors over the history. */
  readonly squaredErrors: number;
  /** Numbers that were estimated, first states and the variance among them. */
  readonly degrees: number;
  readonly level: number;
  readonly slope: number;
  /** What each of the next `season` periods adds, the first of them first. */
  readonly seasonal: readonly number[];
  /** One-step errors. */
  readonly errors: Float64Array;
}

const SEARCH = { step: 0.9, tolerance: 1e-7 };
const EVALUATIONS_PER_PARAMETER = 45;

/** The form fitted to a history; null where the history is too short for it, or says too little. */
export function fitSmoothing(history: Float64Array, form: Form): FittedSmoothing | null {
  const states = 1 + (form.trend === 'none' ? 0 : 1) + (form.season > 1 ? form.season - 1 : 0);
  const free = 1 + { none: 0, additive: 1, damped: 2 }[form.trend] + (form.season > 1 ? 1 : 0);
  const degrees = states + free + 1;
  if (history.length < degrees + 2) return null;

  const filter = new Filter(history, form, states);
  const errorsAt = (at: ArrayLike<number>): number => filter.squaredErrors(parametersAt(at, form));
  const start = startsOf(form).reduce((least, each) => (errorsAt(each) < errorsAt(least) ? each : least));
  const best = minimise(errorsAt, start, { ...SEARCH, maxEvaluations: EVALUATIONS_PER_PARAMETER * free });
  if (!Number.isFinite(best.value)) return null;
  const parameters = parametersAt(best.at, form);
  filter.squaredErrors(parameters);
  return { form, parameters, degrees, ...runSmoothing(history, form, parameters, filter.firstStates()) };
}

/** Where the first states of a form begin. */
export interface FirstStates {
  readonly level: number;
  readonly slope: number;
  /** One for each period of the season. */
  readonly seasonal: readonly number[];
}

/** Follows a history with given parameters and first states. */
export function runSmoothing(
  history: Float64Array,
  { trend, season }: Form,
  { alpha, beta, gamma, phi }: Parameters,
  first: FirstStates,
): Pick<FittedSmoothing, 'level' | 'slope' | 'seasonal' | 'errors' | 'squaredErrors'> {
  const seasonal = season > 1 ? Float64Array.from(first.seasonal) : new Float64Array(1);
  const errors = new Float64Array(history.length);
  let { level, slope } = first;
  if (trend === 'none') slope = 0;
  let squaredErrors = 0;
  history.forEach((value, t) => {
    const at = t % season;
    const base = level + phi * slope;
    const error = value - base - seasonal[at]!;
    level = base + alpha * error;
    slope = phi * slope + beta * error;
    seasonal[at] = seasonal[at]! + gamma * error;
    errors[t] = error;
    squaredErrors += error * error;
  });
  const next = history.length % season;
  return {
    level,
    slope,
    seasonal: [...seasonal.subarray(next), ...seasonal.subarray(0, next)],
    errors,
    squaredErrors,
  };
}

/** The mean of the next `horizon` periods. */
export function meanAhead(
  { form, parameters, level, slope, seasonal }: Omit<FittedSmoothing, 'errors' | 'squaredErrors' | 'degrees'>,
  horizon: number,
): number[] {
  let reach = 0;
  let weight = 1;
  return Array.from({ length: horizon }, (_, step) => {
    weight *= parameters.phi;
    reach += weight;
    return level + reach * slope + (form.season > 1 ? seasonal[step % form.season]! : 0);
  });
}

/**
 * The variance of the next `horizon` periods in multiples of the one-step variance: 1 + the sum of squared weights with
 * which earlier errors live on (the book's class 1, equation 6.1).
 */
export function varianceAhead(
  { form, parameters }: Pick<FittedSmoothing, 'form' | 'parameters'>,
  horizon: number,
): number[] {
  const { alpha, beta, gamma, phi } = parameters;
  let sum = 1;
  let reach = 0;
  let weight = 1;
  return Array.from({ length: horizon }, (_, step) => {
    if (step === 0) return 1;
    weight *= phi;
    reach += weight;
    const lives = alpha + beta * reach + (form.season > 1 && step % form.season === 0 ? gamma : 0);
    sum += lives * lives;
    return sum;
  });
}

/** Where the search may begin: steady or following, each with a season that stays or moves; the best of them is taken. */
function startsOf({ trend, season }: Form): number[][] {
  const trends = trend === 'none' ? [[]] : [[-4], [-1]];
  const seasons = season > 1 ? [[-4], [-0.5]] : [[]];
  const damping = trend === 'damped' ? [1] : [];
  return [-4, -0.6, 1.5].flatMap((level) =>
    trends.flatMap((slope) => seasons.map((each) => [level, ...slope, ...each, ...damping])),
  );
}

/** From the whole line of numbers to those that are allowed: the usual bounds, with β below α and γ below 1 - α. */
function parametersAt(at: ArrayLike<number>, { trend, season }: Form): Parameters {
  let next = 0;
  const share = (): number => 1 / (1 + Math.exp(-at[next++]!));
  const alpha = 0.0001 + 0.9998 * share();
  const beta = trend === 'none' ? 0 : alpha * (0.0001 + 0.9998 * share());
  const gamma = season > 1 ? (1 - alpha) * (0.0001 + 0.9998 * share()) : 0;
  const phi = trend === 'damped' ? 0.8 + 0.18 * share() : 1;
  return { alpha, beta, gamma, phi };
}

/** Runs the recursion over the data and over each first state alone, and solves for the first states. */
class Filter {
  readonly #history: Float64Array;
  readonly #form: Form;
  readonly #states: number;
  /** Errors with all first states at zero. */
  readonly #base: Float64Array;
  /** Response of the errors to a unit of level, slope, and the season of the first period. */
  readonly #level: Float64Array;
  readonly #slope: Float64Array;
  readonly #season: Float64Array;
  readonly #memory: Float64Array;
  readonly #matrix: Float64Array;
  readonly #right: Float64Array;
  readonly #columns: { readonly response: Float64Array; readonly delay: number }[];

  constructor(history: Float64Array, form: Form, states: number) {
    const n = history.length;
    this.#history = history;
    this.#form = form;
    this.#states = states;
    this.#base = new Float64Array(n);
    this.#level = new Float64Array(n);
    this.#slope = new Float64Array(n);
    this.#season = new Float64Array(n);
    this.#memory = new Float64Array(form.season);
    this.#matrix = new Float64Array(states * states);
    this.#right = new Float64Array(states);
    this.#columns = [{ response: this.#level, delay: 0 }];
    if (form.trend !== 'none') this.#columns.push({ response: this.#slope, delay: 0 });
    // The last season is zero: level and seasons would otherwise say the same thing twice. A unit in the season of
    // period k changes nothing before it, so its response is that of the first period, k later.
    for (let delay = 0; delay < form.season - 1; delay += 1) this.#columns.push({ response: this.#season, delay });
  }

  /** Sum of squared errors with the best first states; infinite where they cannot be told apart. */
  squaredErrors(parameters: Parameters): number {
    const { trend, season } = this.#form;
    this.#run(parameters, this.#history, 0, 0, 0, this.#base);
    this.#run(parameters, null, 1, 0, 0, this.#level);
    if (trend !== 'none') this.#run(parameters, null, 0, 1, 0, this.#slope);
    if (season > 1) this.#run(parameters, null, 0, 0, 1, this.#season);
    this.#fillNormalEquations();
    const right = this.#right;
    const before = Float64Array.from(right);
    if (!solvePositive(this.#matrix, right, this.#states)) return Infinity;
    // |base + C x|² at its least is |base|² - x' (C' (-base)).
    let sum = 0;
    for (const error of this.#base) sum += error * error;
    for (let state = 0; state < this.#states; state += 1) sum -= right[state]! * before[state]!;
    return Math.max(sum, 0);
  }

  /** The first states that the last call found. */
  firstStates(): FirstStates {
    const x = this.#right;
    const trends = this.#form.trend === 'none' ? 0 : 1;
    return {
      level: x[0]!,
      slope: trends === 1 ? x[1]! : 0,
      seasonal: this.#form.season > 1 ? [...x.subarray(1 + trends), 0] : [],
    };
  }

  #run(
    { alpha, beta, gamma, phi }: Parameters,
    history: Float64Array | null,
    firstLevel: number,
    firstSlope: number,
    firstSeason: number,
    errors: Float64Array,
  ): void {
    const { season } = this.#form;
    const memory = this.#memory.fill(0);
    memory[0] = firstSeason;
    let level = firstLevel;
    let slope = firstSlope;
    let at = 0;
    for (let t = 0; t < errors.length; t += 1) {
      const base = level + phi * slope;
      const error = (history === null ? 0 : history[t]!) - base - memory[at]!;
      level = base + alpha * error;
      slope = phi * slope + beta * error;
      memory[at] = memory[at]! + gamma * error;
      at = at + 1 === season ? 0 : at + 1;
      errors[t] = error;
    }
  }

  #fillNormalEquations(): void {
    const size = this.#states;
    const n = this.#base.length;
    const columns = this.#columns;
    const firstSeason = this.#form.trend === 'none' ? 1 : 2;
    for (let row = 0; row < size; row += 1) {
      const { response: a, delay: late } = columns[row]!;
      for (let column = 0; column <= row; column += 1) {
        const { response: b, delay } = columns[column]!;
        let sum = 0;
        if (column > firstSeason) {
          // Both are the season's response, later by one than their neighbours.
          sum = this.#matrix[(row - 1) * size + column - 1]! - a[n - late]! * b[n - delay]!;
        } else for (let t = late; t < n; t += 1) sum += a[t - late]! * b[t - delay]!;
        this.#matrix[row * size + column] = sum;
      }
      let right = 0;
      for (let t = late; t < n; t += 1) right -= a[t - late]! * this.#base[t]!;
      this.#right[row] = right;
    }
  }
}
