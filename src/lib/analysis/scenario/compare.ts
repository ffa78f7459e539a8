/** Two to four models side by side: lines, drivers, totals. The first is what the others are compared with. */
import type { Figure } from '#lib/domain/expression/exact.ts';
import { figuresIn, type Model } from '#lib/domain/expression/model.ts';
import { assert, ok, type Result } from '#lib/domain/result.ts';
import { definitionIn, differenceOf } from './difference.ts';
import { lineAmounts, periodTotals, sum, type Amounts, type Measure, type MeasureFault } from './measure.ts';

export interface Comparison {
  /** One for each model, minor units of the measure's currency. */
  readonly totals: readonly number[];
  /** Period by period, one list for each model. */
  readonly periods: readonly Amounts[];
  /** The key of the period with the highest total, the first of equals, one for each model. */
  readonly peaks: readonly string[];
  /** Lines that any model has, those that differ most first. */
  readonly lines: readonly LineRow[];
  /** Drivers that differ in what defines them. */
  readonly drivers: readonly DriverRow[];
}

interface LineRow {
  readonly id: string;
  readonly name: string;
  /** Null where a model does not have the line. */
  readonly totals: readonly (number | null)[];
  /** The widest difference to the first model, with its sign. */
  readonly difference: number;
}

interface DriverRow {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  /** Period by period; null where a model does not have the driver. */
  readonly figures: readonly (readonly Figure[] | null)[];
}

/** (SA5) */
export function compare(models: readonly Model[], measure: Measure): Result<Comparison, MeasureFault> {
  assert(models.length >= 2 && models.length <= 4, `${models.length} models side by side`);
  const periods: Amounts[] = [];
  for (const model of models) {
    const totals = periodTotals(model, measure);
    if (!totals.ok) return totals;
    periods.push(totals.value);
  }
  return ok({
    totals: periods.map(sum),
    periods,
    peaks: models.map(({ timeline }, i) => timeline[periods[i]!.indexOf(Math.max(...periods[i]!))]?.key ?? ''),
    lines: lineRows(models, measure),
    drivers: driverRows(models),
  });
}

function lineRows(models: readonly Model[], measure: Measure): LineRow[] {
  const lines = new Map(
    models.flatMap(({ nodes }) =>
      nodes.flatMap(({ definition }) =>
        definition.kind === 'line' ? [[definition.id, definition.name] as const] : [],
      ),
    ),
  );
  const rows = [...lines].map(([id, name]): LineRow => {
    const totals = models.map((model) => {
      const line = definitionIn(model, id);
      const amounts = line?.kind === 'line' ? lineAmounts(model, line, measure) : null;
      return amounts?.ok ? sum(amounts.value) : null;
    });
    const [first = null, ...others] = totals;
    const differences = others.map((total) => (total ?? 0) - (first ?? 0));
    const difference = differences.reduce((widest, each) => (Math.abs(each) > Math.abs(widest) ? each : widest), 0);
    return { id, name, totals, difference };
  });
  return rows.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.name < b.name ? -1 : 1));
}

function driverRows(models: readonly Model[]): DriverRow[] {
  const [first, ...others] = models;
  const ids = new Set(
    others.flatMap((other) => {
      const { causes, support } = differenceOf(first!, other);
      return [...causes, ...support].flatMap(({ kind, id }) => (kind === 'driver' ? [id] : []));
    }),
  );
  return [...ids].map((id) => {
    const definitions = models.map((model) => definitionIn(model, id));
    const shown = definitions.find((definition) => definition !== undefined)!;
    const unit = shown.kind === 'driver' ? shown.unit : '';
    return {
      id,
      name: shown.name,
      unit,
      figures: models.map((model, i) => (definitions[i] ? figuresIn(model, id) : null)),
    };
  });
}
