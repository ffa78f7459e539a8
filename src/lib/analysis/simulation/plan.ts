/** What is drawn how often: the whole of a simulation but its model, as plain data that workers can be handed. */
import { correlationFault, mixingOf, type Correlation, type CorrelationFault, type Mixing } from './correlation.ts';
import { faultOf, type Distribution, type DistributionFault } from './distributions.ts';
import { chunkSize, paddedDimensions, type Sampling } from './points.ts';

interface Driver {
  readonly key: string;
  readonly distribution: Distribution;
  /** From 0, drawn anew in every period, to 1, drawn once for the path (the default): first-order autoregression. */
  readonly persistence?: number;
}

export interface SimulationOptions {
  readonly drivers: readonly Driver[];
  readonly correlations?: readonly Correlation[];
  /** What a forecast missed, the same periods in each series; the paths get their shape from it. */
  readonly residuals?: readonly (readonly number[])[];
  /** Periods a block of residuals is long; 6 to 12 by how many there are. */
  readonly block?: number;
  /** Periods of a path; 1. */
  readonly periods?: number;
  /** Paths in all, rounded up to the same number in each replicate; 8,192. */
  readonly paths?: number;
  /** Independent repetitions that errors are measured by; 8. */
  readonly replicates?: number;
  readonly sampling?: Sampling;
  /** A whole number; the same one draws the same paths. */
  readonly seed: number;
}

export interface Plan {
  readonly drivers: readonly Required<Driver>[];
  readonly mixing: Mixing;
  /** Each about 0. */
  readonly residuals: readonly (readonly number[])[];
  readonly block: number;
  readonly periods: number;
  /** Points of one replicate. */
  readonly points: number;
  readonly replicates: number;
  readonly sampling: Sampling;
  readonly seed: number;
  /** Numbers between 0 and 1 that one path takes. */
  readonly dimensions: number;
  readonly notes: readonly SimulationNote[];
}

export type SimulationNote =
  | { readonly kind: 'correlations-repaired'; readonly repaired: Mixing['repaired'] }
  | { readonly kind: 'drawn-plainly'; readonly dimensions: number }
  | { readonly kind: 'uneven'; readonly points: number };

export type SimulationFault =
  | { readonly kind: 'nothing-varies' }
  | { readonly kind: 'driver-twice'; readonly driver: string }
  | { readonly kind: 'distribution'; readonly driver: string; readonly fault: DistributionFault }
  | { readonly kind: 'persistence'; readonly driver: string; readonly persistence: number }
  | { readonly kind: 'correlation'; readonly fault: CorrelationFault }
  | { readonly kind: 'not-a-count'; readonly of: string; readonly given: number; readonly most: number }
  | { readonly kind: 'not-a-seed'; readonly seed: number }
  | { readonly kind: 'too-few-residuals'; readonly residuals: number }
  | { readonly kind: 'uneven-residuals' }
  | { readonly kind: 'residual-not-a-number' }
  | { readonly kind: 'no-number'; readonly output: string; readonly path: number };

export type Planned =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly faults: readonly SimulationFault[] };

const fewestResiduals = 12;

export function planOf(options: SimulationOptions): Planned {
  const { residuals = [], periods = 1, paths = 8192, replicates = 8, sampling = 'sobol', seed } = options;
  const block = options.block ?? Math.min(12, Math.max(6, Math.floor((residuals[0]?.length ?? 0) / 3)));
  const faults = [
    ...countFaults({ periods: [periods, 1200], replicates: [replicates, 64], paths: [paths, 2 ** 22] }),
    ...(options.block === undefined ? [] : countFaults({ block: [block, residuals[0]?.length ?? 1200] })),
    ...(Number.isSafeInteger(seed) && seed >= 0 ? [] : [{ kind: 'not-a-seed', seed } as const]),
    ...driverFaults(options),
    ...residualFaults(residuals),
  ];
  if (faults.length > 0) return { ok: false, faults };

  const drivers = options.drivers.map((driver) => ({ persistence: 1, ...driver }));
  const mixing = mixingOf(
    drivers.map(({ key }) => key),
    options.correlations ?? [],
  );
  const varying = drivers.filter(({ persistence }) => persistence < 1).length;
  const blocks = residuals.length > 0 ? Math.ceil(periods / block) : 0;
  const dimensions = drivers.length + varying * (periods - 1) + blocks;
  const points = Math.ceil(paths / replicates);
  const plan = {
    drivers,
    mixing,
    residuals: residuals.map(centred),
    block,
    periods,
    points,
    replicates,
    sampling,
    seed,
    dimensions,
  };
  return { ok: true, plan: { ...plan, notes: notesOf(plan) } };
}

/** A run of paths that is drawn at once. */
export interface ChunkPlace {
  readonly replicate: number;
  readonly chunk: number;
}

/** All chunks of a plan, to be dealt out in any way. */
export function chunksOf({ points, replicates }: Pick<Plan, 'points' | 'replicates'>): readonly ChunkPlace[] {
  const chunks = Math.ceil(points / chunkSize);
  return Array.from({ length: replicates * chunks }, (_, at) => ({
    replicate: Math.floor(at / chunks),
    chunk: at % chunks,
  }));
}

/** Two plans of one layout draw the same numbers for the same drivers, so that their results may be paired. */
export function layoutOf({ drivers, residuals, block, periods, points, replicates, sampling, seed }: Plan): string {
  const keys = drivers.map(({ key, persistence }) => [key, persistence]);
  const shape = residuals.map((series) => series.length);
  return JSON.stringify([seed, sampling, points, replicates, periods, keys, shape, shape.length > 0 ? block : 0]);
}

function countFaults(counts: Readonly<Record<string, readonly [given: number, most: number]>>): SimulationFault[] {
  return Object.entries(counts)
    .filter(([, [given, most]]) => !Number.isInteger(given) || given < 1 || given > most)
    .map(([of, [given, most]]) => ({ kind: 'not-a-count', of, given, most }));
}

function driverFaults({ drivers, correlations = [], residuals = [] }: SimulationOptions): SimulationFault[] {
  const keys = drivers.map(({ key }) => key);
  const correlation = correlationFault(keys, correlations);
  return [
    ...(drivers.length + residuals.length === 0 ? [{ kind: 'nothing-varies' } as const] : []),
    ...keys
      .filter((key, at) => keys.indexOf(key) < at)
      .map((driver): SimulationFault => ({ kind: 'driver-twice', driver })),
    ...drivers.flatMap(({ key, distribution, persistence = 1 }): SimulationFault[] => {
      const fault = faultOf(distribution);
      return [
        ...(fault === null ? [] : [{ kind: 'distribution', driver: key, fault } as const]),
        ...(persistence >= 0 && persistence <= 1 ? [] : [{ kind: 'persistence', driver: key, persistence } as const]),
      ];
    }),
    ...(correlation === null ? [] : [{ kind: 'correlation', fault: correlation } as const]),
  ];
}

function residualFaults(residuals: readonly (readonly number[])[]): SimulationFault[] {
  const [first] = residuals;
  if (first === undefined) return [];
  if (first.length < fewestResiduals) return [{ kind: 'too-few-residuals', residuals: first.length }];
  if (residuals.some((series) => series.length !== first.length)) return [{ kind: 'uneven-residuals' }];
  return residuals.flat().every(Number.isFinite) ? [] : [{ kind: 'residual-not-a-number' }];
}

function centred(series: readonly number[]): readonly number[] {
  const mean = series.reduce((sum, value) => sum + value / series.length, 0);
  return series.map((value) => value - mean);
}

function notesOf(plan: Omit<Plan, 'notes'>): readonly SimulationNote[] {
  const { mixing, points, sampling } = plan;
  const padded = paddedDimensions(plan);
  return [
    ...(mixing.repaired.length > 0 ? [{ kind: 'correlations-repaired', repaired: mixing.repaired } as const] : []),
    ...(padded > 0 ? [{ kind: 'drawn-plainly', dimensions: padded } as const] : []),
    ...(sampling === 'sobol' && !Number.isInteger(Math.log2(points)) ? [{ kind: 'uneven', points } as const] : []),
  ];
}
