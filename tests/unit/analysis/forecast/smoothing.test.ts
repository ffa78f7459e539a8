import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseForm, formAhead } from '#lib/analysis/forecast/ets.ts';
import { fitSmoothing, meanAhead, runSmoothing, varianceAhead, type Form } from '#lib/analysis/forecast/smoothing.ts';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';

// Series and results of statsmodels' tests of exponential smoothing (tsa/tests/test_holtwinters.py, BSD-3).
const oil = [446.6565229, 454.4733065, 455.662974, 423.6322388, 456.2713279, 440.5880501, 425.3325201, 485.1494479, 506.0481621, 526.7919833, 514.268889, 494.2110193]; // prettier-ignore
const air = [17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.577569, 33.477398, 39.021581, 41.386432, 41.596552]; // prettier-ignore

const flat: Form = { trend: 'none', season: 1 };
const rising: Form = { trend: 'additive', season: 1 };

test('FC2: simple smoothing with a given parameter, begun at the first value, gives the published figures', () => {
  for (const [alpha, expected] of [
    [0.2, 484.802468],
    [0.6, 501.837461],
  ] as const) {
    const parameters = { alpha, beta: 0, gamma: 0, phi: 1 };
    const { level } = runSmoothing(Float64Array.from(oil), flat, parameters, {
      level: oil[0]!,
      slope: 0,
      seasonal: [],
    });
    expect(level).toBeCloseTo(expected, 4);
  }
});

test('FC2: Holt with given parameters, begun at the first value and the first difference, gives the published figures', () => {
  const [first, second] = air as [number, number];
  // Published as α and the smoothing of the slope, whose product is β here.
  const parameters = { alpha: 0.8, beta: 0.8 * 0.2, gamma: 0, phi: 1 };
  const begun = { level: first - (second - first), slope: second - first, seasonal: [] };
  const run = runSmoothing(Float64Array.from(air), rising, parameters, {
    ...begun,
    level: first,
    slope: second - first,
  });
  const ahead = meanAhead({ form: rising, parameters, ...run }, 5);
  [43.76, 45.59, 47.43, 49.27, 51.1].forEach((value, step) =>
    expect(Math.abs(ahead[step]! - value)).toBeLessThan(0.011),
  );
});

test('FC2: a line is continued as a line, and a season that repeats as that season', () => {
  const line = Float64Array.from({ length: 20 }, (_, t) => 5 + 3 * t);
  const straight = fitSmoothing(line, rising);
  meanAhead(straight!, 3).forEach((value, step) => expect(value).toBeCloseTo(5 + 3 * (20 + step), 6));
  const wave = Float64Array.from({ length: 26 }, (_, t) => 100 + [8, -3, 5, -10][t % 4]!);
  const seasonal = fitSmoothing(wave, { trend: 'none', season: 4 });
  meanAhead(seasonal!, 5).forEach((value, step) =>
    expect(value).toBeCloseTo(100 + [8, -3, 5, -10][(26 + step) % 4]!, 6),
  );
});

test('FC3: no other first states give less squared error', () => {
  const numbers = numbersFrom(4);
  const history = Float64Array.from({ length: 40 }, (_, t) => 50 + t + 10 * Math.sin(t) + 5 * numbers());
  for (const form of [flat, rising, { trend: 'damped', season: 4 }] satisfies Form[]) {
    const fitted = fitSmoothing(history, form)!;
    const begin = firstStatesOf(history, fitted);
    for (const change of [-1, -0.01, 0.01, 1]) {
      const moved = runSmoothing(history, form, fitted.parameters, { ...begin, level: begin.level + change });
      expect(moved.squaredErrors).toBeGreaterThan(fitted.squaredErrors);
    }
  }
});

test('FC4: multiplicative growth is fitted on logarithms, and a sum of parts on values', () => {
  const numbers = numbersFrom(9);
  const growing = Float64Array.from({ length: 60 }, (_, t) => 100 * 1.05 ** t * Math.exp(0.02 * (numbers() - 0.5)));
  expect(chooseForm(growing, 12)?.isLogarithmic).toBe(true);
  const negative = growing.map((value, t) => (t === 30 ? -value : value));
  expect(chooseForm(negative, 12)?.isLogarithmic).toBe(false);
  expect(chooseForm(Float64Array.from([1, 2, 3]), 12)).toBeNull();
});

test('FC8: the variance of each form grows with the distance, and a random walk’s by one each period', () => {
  const walk = { form: flat, parameters: { alpha: 1, beta: 0, gamma: 0, phi: 1 } };
  expect(varianceAhead(walk, 4)).toEqual([1, 2, 3, 4]);
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (alpha, part) => {
        const parameters = { alpha, beta: alpha * part, gamma: (1 - alpha) * part, phi: 0.9 };
        const variances = varianceAhead({ form: { trend: 'damped', season: 4 }, parameters }, 10);
        variances.forEach((each, step) => expect(each).toBeGreaterThanOrEqual(variances[step - 1] ?? 1));
      },
    ),
  );
});

test('FC11: scaling the history scales what the chosen form expects and, squared, its variance', () => {
  const numbers = numbersFrom(2);
  const history = Float64Array.from({ length: 48 }, (_, t) => 100 + 20 * Math.sin(t / 2) + 10 * numbers());
  const once = formAhead(chooseForm(history, 12)!, 6);
  const scaled = formAhead(
    chooseForm(
      history.map((value) => value * 1000),
      12,
    )!,
    6,
  );
  scaled.mean.forEach((value, step) => expect(value / once.mean[step]!).toBeCloseTo(1000, 3));
  scaled.variance.forEach((value, step) => expect(value / once.variance[step]! / 1e6).toBeCloseTo(1, 3));
});

/** Runs a fitted form backwards from the error it left at the start: what it began with. */
function firstStatesOf(history: Float64Array, fitted: NonNullable<ReturnType<typeof fitSmoothing>>) {
  const { form, parameters, errors } = fitted;
  const { alpha, beta, gamma, phi } = parameters;
  let { level, slope } = fitted;
  const seasonal = form.season > 1 ? [...fitted.seasonal] : [0];
  const at = (t: number): number => (t - history.length + seasonal.length * history.length) % seasonal.length;
  for (let t = history.length - 1; t >= 0; t -= 1) {
    const error = errors[t]!;
    seasonal[at(t)] = seasonal[at(t)]! - gamma * error;
    slope = (slope - beta * error) / phi;
    level = level - alpha * error - phi * slope;
  }
  const first = history.length % seasonal.length;
  const turned = seasonal.map((_, k) => seasonal[(k + seasonal.length - first) % seasonal.length]!);
  return { level, slope, seasonal: turned };
}
