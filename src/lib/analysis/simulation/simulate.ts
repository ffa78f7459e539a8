/**
 * Runs a model over drawn paths, a chunk at a time. Chunks may be run anywhere and in any order: what is gathered from
 * them is the same to the last bit.
 */
import { drawerOf, type Batch } from './draws.ts';
import {
  chunksOf,
  layoutOf,
  planOf,
  type ChunkPlace,
  type Plan,
  type SimulationFault,
  type SimulationNote,
  type SimulationOptions,
} from './plan.ts';
import { chunkSize, pointsOf, type FillChunk } from './points.ts';

export interface SimulationModel {
  /** What the model answers for each path, by name. */
  readonly outputs: readonly string[];
  /** Writes output `o` of path `p` to `into[o][p]`. */
  readonly evaluate: (batch: Batch, into: readonly Float64Array[]) => void;
}

export interface ChunkResult extends ChunkPlace {
  /** For each output one number a path. */
  readonly outputs: readonly Float64Array[];
}

export interface Simulation {
  readonly seed: number;
  readonly paths: number;
  readonly replicates: number;
  readonly notes: readonly SimulationNote[];
  /** Every path's answer, by output, replicate after replicate. */
  readonly samples: ReadonlyMap<string, Float64Array>;
  /** Equal for two simulations whose paths may be compared one by one. */
  readonly layout: string;
}

export type Simulated =
  | { readonly ok: true; readonly simulation: Simulation }
  | { readonly ok: false; readonly faults: readonly SimulationFault[] };

export function simulate(model: SimulationModel, options: SimulationOptions): Simulated {
  const planned = planOf(options);
  if (!planned.ok) return planned;
  const { plan } = planned;
  return gather(plan, model.outputs, chunksOf(plan).map(chunkRunner(plan, model)));
}

/** Runs chunks of a plan, one call each; quickest when those of one replicate follow each other. */
export function chunkRunner(plan: Plan, model: SimulationModel): (place: ChunkPlace) => ChunkResult {
  const draw = drawerOf(plan, chunkSize);
  const points = new Float64Array(chunkSize * plan.dimensions);
  let filling: { replicate: number; fill: FillChunk } | undefined;
  return ({ replicate, chunk }) => {
    if (filling?.replicate !== replicate) filling = { replicate, fill: pointsOf({ ...plan, replicate }) };
    const count = filling.fill(chunk, points);
    const outputs = model.outputs.map(() => new Float64Array(count));
    model.evaluate(draw(points, count), outputs);
    return { replicate, chunk, outputs };
  };
}

/** Puts all chunks of a plan together, in whatever order they come. */
export function gather(plan: Plan, outputs: readonly string[], results: readonly ChunkResult[]): Simulated {
  const paths = plan.points * plan.replicates;
  const samples = new Map(outputs.map((output) => [output, new Float64Array(paths).fill(Number.NaN)]));
  for (const { replicate, chunk, outputs: values } of results) {
    outputs.forEach((output, at) => {
      samples.get(output)!.set(values[at]!, replicate * plan.points + chunk * chunkSize);
    });
  }
  const faults = outputs.flatMap((output): SimulationFault[] => {
    const path = samples.get(output)!.findIndex((value) => !Number.isFinite(value));
    return path < 0 ? [] : [{ kind: 'no-number', output, path }];
  });
  if (faults.length > 0) return { ok: false, faults };
  const { seed, replicates, notes } = plan;
  return { ok: true, simulation: { seed, paths, replicates, notes, samples, layout: layoutOf(plan) } };
}

/**
 * One simulation less another, path by path: both had the same luck, so what is left is what the scenarios change
 * (common random numbers; Law, "Simulation Modeling and Analysis", ch. 11). Null where the paths are not the same.
 */
export function pairedDifference(one: Simulation, other: Simulation, output: string): Float64Array | null {
  const [ours, theirs] = [one.samples.get(output), other.samples.get(output)];
  if (one.layout !== other.layout || ours === undefined || theirs === undefined) return null;
  return ours.map((value, path) => value - theirs[path]!);
}
