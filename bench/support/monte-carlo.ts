/**
 * How many paths a second, and how far off their figures are.
 *
 * Speed: five correlated drivers with a persistence, so many months, twenty cost lines that each follow all drivers.
 * Error: the net present value of a project with eight drivers, its mean and tenth percentile from 1,024 paths, against
 * a run of a million; root mean square over independent seeds.
 */
import type { SimulationOptions } from '#lib/analysis/simulation/plan.ts';
import { chunkSize, type Sampling } from '#lib/analysis/simulation/points.ts';
import { simulate, type SimulationModel } from '#lib/analysis/simulation/simulate.ts';
import { percentile } from '#lib/analysis/simulation/summary.ts';
import { median } from './app-in-chromium.ts';

export interface MonteCarloError {
  readonly sobolRmseMean: number;
  readonly sobolRmseP10: number;
  readonly plainRmseMean: number;
  readonly plainRmseP10: number;
}

/** Paths a second of processor time on one core, the median of five runs. */
export function pathsPerSecond({ paths, months, lines }: { paths: number; months: number; lines: number }): number {
  const model = costLines(lines);
  const keys = ['headcount', 'rate', 'dollar', 'inflation', 'usage'];
  const options: SimulationOptions = {
    drivers: keys.map((key) => ({ key, distribution: { kind: 'normal', mean: 1, sd: 0.1 }, persistence: 0.8 })),
    correlations: keys.slice(1).map((key, at) => ({ between: [keys[at]!, key], value: 0.4 })),
    periods: months,
    paths,
    seed: 1,
  };
  answerOf(model, { ...options, paths: 8 * chunkSize }, 'total');
  const seconds = Array.from({ length: 5 }, () => {
    const began = process.cpuUsage();
    answerOf(model, options, 'total');
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  });
  return Math.round(paths / median(seconds));
}

export function monteCarloError({ paths, repetitions }: { paths: number; repetitions: number }): MonteCarloError {
  const long = figuresOf('sobol', 2 ** 20, 987_654_321);
  const errorsOf = (sampling: Sampling): { mean: number; p10: number } => {
    const runs = Array.from({ length: repetitions }, (_, seed) => figuresOf(sampling, paths, seed));
    const rmse = (key: 'mean' | 'p10'): number =>
      Math.sqrt(runs.reduce((sum, run) => sum + (run[key] - long[key]) ** 2 / repetitions, 0));
    return { mean: rmse('mean'), p10: rmse('p10') };
  };
  const [sobol, plain] = [errorsOf('sobol'), errorsOf('plain')];
  return { sobolRmseMean: sobol.mean, sobolRmseP10: sobol.p10, plainRmseMean: plain.mean, plainRmseP10: plain.p10 };
}

/** Each line costs its base times one plus what it takes of every driver's distance from one. */
function costLines(lines: number): SimulationModel {
  const shares = Float64Array.from({ length: lines * 5 }, (_, at) => ((Math.floor(at / 5) + (at % 5) * 3) % 7) / 7);
  return {
    outputs: ['total'],
    evaluate: ({ count, periods, drivers }, [total]) => {
      const [headcount, rate, dollar, inflation, usage] = drivers;
      for (let path = 0; path < count; path += 1) {
        let sum = 0;
        for (let at = path * periods; at < (path + 1) * periods; at += 1) {
          const v = headcount![at]! - 1;
          const w = rate![at]! - 1;
          const x = dollar![at]! - 1;
          const y = inflation![at]! - 1;
          const z = usage![at]! - 1;
          for (let line = 0; line < shares.length; line += 5) {
            sum +=
              1000 *
              (1 + shares[line]! * v) *
              (1 + shares[line + 1]! * w) *
              (1 + shares[line + 2]! * x) *
              (1 + shares[line + 3]! * y) *
              (1 + shares[line + 4]! * z);
          }
        }
        total![path] = sum;
      }
    },
  };
}

const projectDrivers: SimulationOptions['drivers'] = [
  { key: 'investment', distribution: { kind: 'triangular', low: 90, mode: 100, high: 140 } },
  { key: 'volume', distribution: { kind: 'normal', mean: 50, sd: 6 } },
  { key: 'price', distribution: { kind: 'normal', mean: 2, sd: 0.2 } },
  { key: 'growth', distribution: { kind: 'normal', mean: 0.03, sd: 0.03 } },
  { key: 'variable', distribution: { kind: 'pert', low: 0.4, mode: 0.5, high: 0.8 } },
  { key: 'fixed', distribution: { kind: 'lognormal', meanLog: Math.log(15), sdLog: 0.15 } },
  { key: 'inflation', distribution: { kind: 'normal', mean: 0.02, sd: 0.01 } },
  { key: 'discount', distribution: { kind: 'uniform', low: 0.06, high: 0.1 } },
];

const projectValue: SimulationModel = {
  outputs: ['npv'],
  evaluate: ({ count, drivers }, [npv]) => {
    const [investment, volume, price, growth, variable, fixed, inflation, discount] = drivers;
    for (let path = 0; path < count; path += 1) {
      let value = -investment![path]!;
      for (let year = 1; year <= 5; year += 1) {
        const margin = volume![path]! * (1 + growth![path]!) ** year * price![path]! * (1 - variable![path]!);
        const cost = fixed![path]! * (1 + inflation![path]!) ** year;
        value += (margin - cost) / (1 + discount![path]!) ** year;
      }
      npv![path] = value;
    }
  },
};

function figuresOf(sampling: Sampling, paths: number, seed: number): { mean: number; p10: number } {
  const samples = answerOf(projectValue, { drivers: projectDrivers, replicates: 1, paths, sampling, seed }, 'npv');
  return { mean: samples.reduce((sum, value) => sum + value / paths, 0), p10: percentile(samples, 10) };
}

function answerOf(model: SimulationModel, options: SimulationOptions, output: string): Float64Array {
  const result = simulate(model, options);
  if (!result.ok) throw new Error(`cannot simulate: ${result.faults.map(({ kind }) => kind).join(', ')}`);
  return result.simulation.samples.get(output)!;
}
