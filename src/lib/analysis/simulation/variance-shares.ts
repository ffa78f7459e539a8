/**
 * Drivers of risk: how much of an output's variance each driver accounts for.
 *
 * First-order share: what would go on average if the driver were known (estimator of A. Saltelli and others, "Variance
 * based sensitivity analysis of model output", Computer Physics Communications 181 (2010), table 2 b). Total share: what
 * would stay if all others were known (M. Jansen, 1999; table 2 f). Shares need independent inputs, so drivers that are
 * correlated, directly or through others, are one group (J. Jacques and others, 2006).
 */
import { columnsOf, drawerOf } from './draws.ts';
import {
  chunksOf,
  planOf,
  type ChunkPlace,
  type Plan,
  type SimulationFault,
  type SimulationNote,
  type SimulationOptions,
} from './plan.ts';
import { chunkSize, paddedDimensions, pointsOf, type FillChunk } from './points.ts';
import { gather, type ChunkResult, type SimulationModel } from './simulate.ts';
import { estimate, type Estimate } from './summary.ts';

export interface VarianceShare {
  /** The drivers of the group; none stands for the residuals. */
  readonly drivers: readonly string[];
  /** Shares of the variance: 0.4 is 40 %. Estimates of shares near zero may fall a little below it. */
  readonly first: Estimate;
  readonly total: Estimate;
}

export type VarianceShares =
  | { readonly ok: true; readonly shares: readonly VarianceShare[]; readonly notes: readonly SimulationNote[] }
  | { readonly ok: false; readonly faults: readonly SimulationFault[] };

/** Runs the model once for every group and twice more, `options.paths` paths each time. Most telling group first. */
export function varianceShares(model: SimulationModel, output: string, options: SimulationOptions): VarianceShares {
  const planned = planOf(options);
  if (!planned.ok) return planned;
  const { plan } = planned;
  return sharesFrom(plan, output, chunksOf(plan).map(shareRunner(plan, model, output)));
}

/**
 * Runs chunks of what shares are worked out from, one call each, anywhere and in any order. Every point is two points:
 * one, other, and for each group the one with the group's numbers of the other.
 */
export function shareRunner(plan: Plan, model: SimulationModel, output: string): (place: ChunkPlace) => ChunkResult {
  const { dimensions } = plan;
  const columns = columnsOf(plan);
  const columnsOfGroups = independentGroups(plan).map((group) =>
    (group.length > 0 ? group : [plan.drivers.length]).flatMap((at) => columns[at]!),
  );
  const all = Array.from({ length: dimensions }, (_, column) => column);
  const draw = drawerOf(plan, chunkSize);
  const pairs = new Float64Array(chunkSize * 2 * dimensions);
  const points = new Float64Array(chunkSize * dimensions);
  const at = model.outputs.indexOf(output);
  let filling: { replicate: number; fill: FillChunk } | undefined;

  return ({ replicate, chunk }) => {
    if (filling?.replicate !== replicate)
      filling = { replicate, fill: pointsOf({ ...plan, dimensions: 2 * dimensions, replicate }) };
    const count = filling.fill(chunk, pairs);
    const take = (shift: number, taken: readonly number[]): void => {
      for (let row = 0; row < count; row += 1) {
        for (const column of taken) points[row * dimensions + column] = pairs[row * 2 * dimensions + shift + column]!;
      }
    };
    const run = (): Float64Array => {
      const outputs = model.outputs.map(() => new Float64Array(count));
      model.evaluate(draw(points, count), outputs);
      return outputs[at]!;
    };
    take(dimensions, all);
    const other = run();
    take(0, all);
    const one = run();
    const swapped = columnsOfGroups.map((group) => {
      take(dimensions, group);
      const result = run();
      take(0, group);
      return result;
    });
    return { replicate, chunk, outputs: [one, other, ...swapped] };
  };
}

/** The shares that all chunks of a plan come to, in whatever order they come. */
export function sharesFrom(plan: Plan, output: string, results: readonly ChunkResult[]): VarianceShares {
  const groups = independentGroups(plan);
  const gathered = gather(plan, ['one', 'other', ...groups.map((_, group) => String(group))], results);
  if (!gathered.ok) {
    const faults = gathered.faults.map((fault) => (fault.kind === 'no-number' ? { ...fault, output } : fault));
    return { ok: false, faults: faults.slice(0, 1) };
  }
  const { samples } = gathered.simulation;
  const [one, other] = [samples.get('one')!, samples.get('other')!];
  const shares = groups.map((group, at): VarianceShare => {
    const swapped = samples.get(String(at))!;
    const rows = Float64Array.from({ length: 3 * one.length }, (_, cell) => {
      return [one, other, swapped][cell % 3]![Math.floor(cell / 3)]!;
    });
    return {
      drivers: group.map((driver) => plan.drivers[driver]!.key),
      first: estimate(rows, plan.replicates, firstShare),
      total: estimate(rows, plan.replicates, totalShare),
    };
  });
  const dimensions = paddedDimensions({ sampling: plan.sampling, dimensions: 2 * plan.dimensions });
  const notes = plan.notes.filter(({ kind }) => kind !== 'drawn-plainly');
  return {
    ok: true,
    shares: shares.sort((a, b) => b.total.value - a.total.value),
    notes: dimensions > 0 ? [...notes, { kind: 'drawn-plainly', dimensions }] : notes,
  };
}

/** Drivers by number, those that mixing joins together; an empty group for the residuals. */
function independentGroups({ drivers, mixing, residuals }: Plan): readonly (readonly number[])[] {
  const groupOf = drivers.map((_, driver) => driver);
  drivers.forEach((_, row) => {
    for (let column = 0; column < row; column += 1) {
      if (mixing.factors[row * drivers.length + column] === 0) continue;
      const [from, to] = [groupOf[row]!, groupOf[column]!];
      groupOf.forEach((group, driver) => (groupOf[driver] = group === from ? to : group));
    }
  });
  const groups = [...new Set(groupOf)].map((group) =>
    groupOf.flatMap((each, driver) => (each === group ? driver : [])),
  );
  return residuals.length > 0 ? [...groups, []] : groups;
}

function firstShare(rows: Float64Array): number {
  const { mean, variance } = momentsOf(rows);
  let sum = 0;
  for (let at = 0; at < rows.length; at += 3) sum += (rows[at + 1]! - mean) * (rows[at + 2]! - rows[at]!);
  return variance > 0 ? sum / (rows.length / 3) / variance : 0;
}

function totalShare(rows: Float64Array): number {
  const { variance } = momentsOf(rows);
  let sum = 0;
  for (let at = 0; at < rows.length; at += 3) sum += (rows[at]! - rows[at + 2]!) ** 2;
  return variance > 0 ? sum / (rows.length / 3) / 2 / variance : 0;
}

/** Of the two independent runs. */
function momentsOf(rows: Float64Array): { mean: number; variance: number } {
  const both = rows.filter((_, at) => at % 3 < 2);
  const mean = both.reduce((sum, value) => sum + value, 0) / both.length;
  return { mean, variance: both.reduce((sum, value) => sum + (value - mean) ** 2, 0) / both.length };
}
