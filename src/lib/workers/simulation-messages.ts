/** What the page asks the simulation workers, and what they answer. A question carries all it is asked with. */
import * as v from 'valibot';
import type { MeasureFault } from '#lib/analysis/scenario/measure.ts';
import type { SimulationFault, SimulationNote } from '#lib/analysis/simulation/plan.ts';
import type { Bin, Convergence, Estimate, Summary } from '#lib/analysis/simulation/summary.ts';
import type { VarianceShare } from '#lib/analysis/simulation/variance-shares.ts';
import type { ModelFault } from '#lib/domain/expression/model.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

const figure = v.number();
const text = v.string();
const figures = v.array(figure);

const distribution = v.variant('kind', [
  v.object({ kind: v.literal('normal'), mean: figure, sd: figure }),
  v.object({ kind: v.literal('lognormal'), meanLog: figure, sdLog: figure }),
  v.object({ kind: v.literal('uniform'), low: figure, high: figure }),
  v.object({ kind: v.literal('triangular'), low: figure, mode: figure, high: figure }),
  v.object({ kind: v.literal('pert'), low: figure, mode: figure, high: figure, weight: v.exactOptional(figure) }),
  v.object({ kind: v.literal('discrete'), values: figures, probabilities: figures }),
  v.object({ kind: v.literal('empirical'), values: figures }),
]);

const formula = v.object({ formula: text });
const dated = v.object({ values: v.array(v.object({ from: v.nullable(text), value: text })) });
const phases = v.object({ phases: v.record(text, figure) });
const bands = v.object({ keyUnit: text, bands: v.array(v.object({ from: text, value: text })) });
const rows = v.object({ rows: v.record(text, text) });

const definition = v.variant('kind', [
  v.object({ kind: v.literal('driver'), id: text, name: text, unit: text, content: v.union([formula, dated]) }),
  v.object({ kind: v.literal('table'), id: text, name: text, unit: text, content: v.union([bands, rows]) }),
  v.object({
    kind: v.literal('line'),
    id: text,
    name: text,
    currency: text,
    nature: v.picklist(['cost', 'revenue']),
    content: v.union([formula, phases]),
  }),
]);

const question = v.object({
  definitions: v.array(definition),
  timeline: v.array(v.object({ key: text, fiscalYear: figure, number: figure, start: text, end: text })),
  measure: v.object({ currency: text, rates: v.map(text, text), lines: v.nullable(v.set(text)) }),
  varied: v.array(
    v.object({
      driverId: text,
      drawn: v.picklist(['figure', 'factor']),
      distribution,
      persistence: v.exactOptional(figure),
    }),
  ),
  correlations: v.array(v.object({ between: v.tuple([text, text]), value: figure })),
  /** Paths in all, and how many independent repetitions they are. */
  paths: figure,
  replicates: figure,
  seed: figure,
  /** What is not to be exceeded, minor units of the measure; null where nobody says. */
  budget: v.nullable(figure),
});

export type SimulationQuestion = v.InferOutput<typeof question>;

export type SimulationRefusal =
  | { readonly kind: 'model'; readonly fault: ModelFault }
  | { readonly kind: 'measure'; readonly fault: MeasureFault }
  | { readonly kind: 'simulation'; readonly fault: SimulationFault }
  /** A message that is no question: its first part that is not as it should be. */
  | { readonly kind: 'unreadable'; readonly at: string };

/** Reads a question that came as a message. */
export function questionFrom(message: unknown): Result<SimulationQuestion, readonly SimulationRefusal[]> {
  const read = v.safeParse(question, message);
  if (read.success) return ok(read.output);
  return err([{ kind: 'unreadable', at: v.getDotPath(read.issues[0]) ?? '' }]);
}

/** What may come of one plan. Amounts are in minor units of the measure's currency. */
export interface Risk {
  readonly seed: number;
  readonly paths: number;
  readonly replicates: number;
  /** Equal for two simulations whose paths may be compared one by one. */
  readonly layout: string;
  readonly notes: readonly SimulationNote[];
  readonly total: Summary;
  /** How likely the total exceeds the budget; null where there is none. */
  readonly exceedance: Estimate | null;
  readonly histogram: readonly Bin[];
  readonly periods: readonly PeriodRisk[];
  readonly convergence: readonly Convergence[];
  /** Drivers of risk, the most telling first. */
  readonly shares: readonly VarianceShare[];
  /** The total of every path, replicate after replicate. */
  readonly samples: Float64Array;
}

interface PeriodRisk {
  readonly period: string;
  readonly mean: number;
  /** By level in percent: 5, 10, 25, 50, 75, 90, 95. */
  readonly percentiles: ReadonlyMap<number, number>;
}

export type RiskAnswer = Result<Risk, readonly SimulationRefusal[]>;
