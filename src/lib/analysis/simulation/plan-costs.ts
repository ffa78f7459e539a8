/**
 * A plan's model of drivers and lines as one that can be simulated: some drivers vary, and what follows from them is
 * worked out anew on every path. (MC22 to MC24)
 */
import { lineAmounts, type Measure, type MeasureFault } from '#lib/analysis/scenario/measure.ts';
import type { Table } from '#lib/domain/expression/definition.ts';
import { figuresIn, type Model } from '#lib/domain/expression/model.ts';
import { numberOf } from '#lib/domain/expression/number.ts';
import { minorDigits } from '#lib/domain/money/currency.ts';
import { assert, ok, type Result } from '#lib/domain/result.ts';
import type { Batch } from './draws.ts';
import { overPaths, type Across, type OverPaths, type PathRun } from './over-paths.ts';
import { chunkSize } from './points.ts';
import type { SimulationModel } from './simulate.ts';

export interface VariedDriver {
  /** A driver of the plan; one that is not there changes nothing, so that scenarios can be drawn with the same luck. */
  readonly driverId: string;
  /** Whether what is drawn is the figure itself, or what the planned figure is multiplied by. */
  readonly drawn: 'figure' | 'factor';
}

/** The name of the output that is the sum over all periods; the others are named by the keys of the periods. */
export const TOTAL = 'total';

/**
 * Costs less revenue in minor units of the measure's currency: in all, and by period. `varied` are in the order of the
 * drivers that are drawn, and a path has as many periods as the model. Refused where the plan itself has no total.
 */
export function planCosts(
  model: Model,
  varied: readonly VariedDriver[],
  measure: Measure,
): Result<SimulationModel, MeasureFault> {
  const reached = reachOf(model, varied, measure);
  const fixed = new Float64Array(model.timeline.length);
  for (const { definition } of model.nodes) {
    if (definition.kind !== 'line') continue;
    const amounts = lineAmounts(model, definition, measure);
    if (!amounts.ok) return amounts;
    if (!reached.has(definition.id)) amounts.value.forEach((amount, at) => (fixed[at]! += amount));
  }
  const outputs = [TOTAL, ...model.timeline.map(({ key }) => key)];
  return ok({ outputs, evaluate: evaluator(model, varied, measure, reached, fixed) });
}

/** Ids of the drivers that vary, of all that follows from them, and of lines in a currency whose rate does. */
function reachOf(model: Model, varied: readonly VariedDriver[], { rates }: Measure): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = varied.flatMap(({ driverId }) => model.placeById.get(driverId) ?? []);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { id } = model.nodes[place]!.definition;
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...model.dependents[place]!);
  }
  for (const { definition } of model.nodes) {
    if (definition.kind === 'line' && reached.has(rates.get(definition.currency) ?? '')) reached.add(definition.id);
  }
  return reached;
}

/** One driver or line that is worked out on every path. */
interface Step {
  readonly place: number;
  readonly of: OverPaths;
  /** Decimals of a line's minor unit; null for a driver. */
  readonly digits: number | null;
}

/** A line that is added up, after all figures are known: the rate of its currency may follow from anything. */
interface Counted {
  readonly place: number;
  readonly digits: number;
  readonly sign: 1 | -1;
  /** The place of the driver that its currency is converted by, or null. */
  readonly rate: number | null;
}

function evaluator(
  model: Model,
  varied: readonly VariedDriver[],
  measure: Measure,
  reached: ReadonlySet<string>,
  fixed: Float64Array,
): SimulationModel['evaluate'] {
  const periods = model.timeline.length;
  const drawnPlaces = new Set(varied.flatMap(({ driverId }) => model.placeById.get(driverId) ?? []));
  const steps = model.groups.map((group) =>
    group.flatMap((place): Step[] => {
      const { definition, term } = model.nodes[place]!;
      if (term === null || !reached.has(definition.id) || drawnPlaces.has(place)) return [];
      return [
        { place, of: overPaths(term), digits: definition.kind === 'line' ? minorDigits(definition.currency) : null },
      ];
    }),
  );
  const counted = model.nodes.flatMap((_, place) => countedLine(model, place, measure, reached));
  const varying = [...drawnPlaces, ...steps.flat().map(({ place }) => place)];
  const columns = new Map(varying.map((place) => [place, new Float64Array(periods * chunkSize)]));
  const run = pathRun(model, columns);
  const factors = varied.map(({ driverId, drawn }) =>
    drawn === 'factor' && model.placeById.has(driverId) ? plannedFigures(model, driverId) : null,
  );

  return (batch, into) => {
    assert(batch.periods === periods, `${batch.periods} periods drawn for a plan of ${periods}`);
    run.count = batch.count;
    varied.forEach(({ driverId }, at) => {
      const column = columns.get(model.placeById.get(driverId) ?? -1);
      if (column) putDrawn(column, batch, batch.drivers[at]!, factors[at]!);
    });
    for (const group of steps) {
      for (let at = 0; at < periods; at += 1) {
        for (const step of group) workOut(step, at, run, columns.get(step.place)!);
      }
    }
    for (let at = 0; at < periods; at += 1) {
      const total = into[at + 1]!.fill(fixed[at]!);
      for (const line of counted) addLine(line, at, run, measure, total);
      for (let path = 0; path < batch.count; path += 1) into[0]![path]! += total[path]!;
    }
  };
}

function countedLine(model: Model, place: number, measure: Measure, reached: ReadonlySet<string>): Counted[] {
  const { definition } = model.nodes[place]!;
  if (definition.kind !== 'line' || !reached.has(definition.id)) return [];
  const { id, currency, nature } = definition;
  if (measure.lines !== null && !measure.lines.has(id)) return [];
  const rate = currency === measure.currency ? null : model.placeById.get(measure.rates.get(currency)!)!;
  return [{ place, digits: minorDigits(currency), sign: nature === 'revenue' ? -1 : 1, rate }];
}

/** Figures that vary stand in columns, period after period; the others are those of the plan. */
function pathRun(model: Model, columns: ReadonlyMap<number, Float64Array>): PathRun {
  const planned = new Map<number, Float64Array>();
  const lists: Float64Array[] = [];
  return {
    timeline: model.timeline,
    count: 0,
    figureOf(index, at) {
      const column = columns.get(index);
      if (column) return { cells: column, from: at * chunkSize, step: 1 };
      let cells = planned.get(index);
      if (!cells) planned.set(index, (cells = plannedFigures(model, model.nodes[index]!.definition.id)));
      return { cells, from: at, step: 0 };
    },
    tableOf: (index) => model.nodes[index]!.definition as Table,
    scratch: (slot) => (lists[slot] ??= new Float64Array(chunkSize)),
  };
}

/** In whole units; NaN where the plan has no figure. */
function plannedFigures(model: Model, id: string): Float64Array {
  return Float64Array.from(figuresIn(model, id), (figure) => (figure.ok ? numberOf(figure.value) : NaN));
}

function putDrawn(column: Float64Array, { count, periods }: Batch, drawn: Float64Array, planned: Float64Array | null) {
  for (let at = 0; at < periods; at += 1) {
    const factor = planned === null ? 1 : planned[at]!;
    for (let path = 0; path < count; path += 1) column[at * chunkSize + path] = drawn[path * periods + at]! * factor;
  }
}

/** A line is rounded to its minor unit, as in the plan. */
function workOut({ of, digits }: Step, at: number, run: PathRun, column: Float64Array): void {
  const { cells, from, step } = of(run, at);
  const first = at * chunkSize;
  const units = 10 ** (digits ?? 0);
  for (let i = 0; i < run.count; i += 1) {
    const value = cells[from + i * step]!;
    column[first + i] = digits === null ? value : Math.round(value * units) / units;
  }
}

/** In minor units of the measure, rounded once more where it is converted. */
function addLine(
  { place, digits, sign, rate }: Counted,
  at: number,
  run: PathRun,
  measure: Measure,
  total: Float64Array,
) {
  const amounts = run.figureOf(place, at);
  const units = 10 ** digits;
  if (rate === null) {
    for (let i = 0; i < run.count; i += 1) total[i]! += sign * Math.round(valueAt(amounts, i) * units);
    return;
  }
  const rates = run.figureOf(rate, at);
  const minor = 10 ** minorDigits(measure.currency);
  for (let i = 0; i < run.count; i += 1) {
    total[i]! += sign * Math.round(((Math.round(valueAt(amounts, i) * units) * valueAt(rates, i)) / units) * minor);
  }
}

function valueAt({ cells, from, step }: Across, path: number): number {
  return cells[from + path * step]!;
}
