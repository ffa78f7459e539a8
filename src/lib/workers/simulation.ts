/** A simulation of a plan, cut into pieces that any worker can run. (MC26) */
import { planCosts, TOTAL } from '#lib/analysis/simulation/plan-costs.ts';
import { chunksOf, layoutOf, planOf, type ChunkPlace, type Plan } from '#lib/analysis/simulation/plan.ts';
import { chunkRunner, gather, type ChunkResult, type SimulationModel } from '#lib/analysis/simulation/simulate.ts';
import { convergence, exceedance, histogram, percentiles, summarise } from '#lib/analysis/simulation/summary.ts';
import { shareRunner, sharesFrom } from '#lib/analysis/simulation/variance-shares.ts';
import { modelOf } from '#lib/domain/expression/model.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';
import {
  questionFrom,
  type RiskAnswer,
  type SimulationQuestion,
  type SimulationRefusal,
} from './simulation-messages.ts';

export interface Prepared {
  /** How many pieces there are. */
  readonly pieces: number;
  readonly run: (piece: number) => ChunkResult;
  /** What all pieces come to, each at its place. */
  readonly finish: (results: readonly ChunkResult[]) => RiskAnswer;
}

/** Paths that variance shares are worked out from, at most: each is run once for every driver and twice more. */
const MOST_SHARE_PATHS = 4096;

export function prepare(message: unknown): Result<Prepared, readonly SimulationRefusal[]> {
  const read = questionFrom(message);
  if (!read.ok) return read;
  const question = read.value;
  const plan = planFrom(question, question.paths);
  if (!plan.ok) return plan;
  const sharePlan = planFrom(question, Math.min(question.paths, MOST_SHARE_PATHS));
  if (!sharePlan.ok) return sharePlan;
  const model = modelFrom(question);
  if (!model.ok) return model;

  const [runPaths, runShares] = [
    chunkRunner(plan.value, model.value),
    shareRunner(sharePlan.value, model.value, TOTAL),
  ];
  const [paths, shares] = [chunksOf(plan.value), chunksOf(sharePlan.value)];
  return ok({
    pieces: paths.length + shares.length,
    run(piece) {
      const place = paths[piece];
      return place ? runPaths(place) : runShares(shares[piece - paths.length] as ChunkPlace);
    },
    finish(results) {
      const [pathResults, shareResults] = [results.slice(0, paths.length), results.slice(paths.length)];
      const gathered = gather(plan.value, model.value.outputs, pathResults);
      if (!gathered.ok) return refused(gathered.faults.slice(0, 1));
      const { samples } = gathered.simulation;
      const told = sharesFrom(sharePlan.value, TOTAL, shareResults);
      return told.ok ? ok({ ...riskFrom(question, plan.value, samples), shares: told.shares }) : refused(told.faults);
    },
  });
}

function planFrom(question: SimulationQuestion, paths: number): Result<Plan, readonly SimulationRefusal[]> {
  const { varied, correlations, replicates, seed, timeline } = question;
  const drivers = varied.map(({ driverId, distribution, persistence = 1 }) => ({
    key: driverId,
    distribution,
    persistence,
  }));
  const planned = planOf({ drivers, correlations, periods: timeline.length, paths, replicates, seed });
  return planned.ok ? ok(planned.plan) : refused(planned.faults);
}

function modelFrom({
  definitions,
  timeline,
  varied,
  measure,
}: SimulationQuestion): Result<SimulationModel, readonly SimulationRefusal[]> {
  const model = modelOf(definitions, timeline);
  if (!model.ok) return err(model.error.map((fault) => ({ kind: 'model', fault })));
  const costs = planCosts(model.value, varied, measure);
  return costs.ok ? costs : err([{ kind: 'measure', fault: costs.error }]);
}

function refused(faults: readonly Extract<SimulationRefusal, { kind: 'simulation' }>['fault'][]) {
  return err(faults.map((fault) => ({ kind: 'simulation', fault }) as const));
}

function riskFrom({ budget, timeline }: SimulationQuestion, plan: Plan, samples: ReadonlyMap<string, Float64Array>) {
  const { seed, replicates, points, notes } = plan;
  const total = samplesOf(samples, TOTAL);
  return {
    seed,
    paths: points * replicates,
    replicates,
    layout: layoutOf(plan),
    notes,
    total: summarise(total, replicates),
    exceedance: budget === null ? null : exceedance(total, replicates, budget),
    histogram: histogram(total),
    periods: timeline.map(({ key }) => {
      const amounts = samplesOf(samples, key);
      const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
      return { period: key, mean, percentiles: percentiles(amounts) };
    }),
    convergence: convergence(total, replicates),
    samples: total,
  };
}

function samplesOf(samples: ReadonlyMap<string, Float64Array>, output: string): Float64Array {
  const found = samples.get(output);
  assert(found !== undefined, `no output ${output}`);
  return found;
}
