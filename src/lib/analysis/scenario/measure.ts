/** What a model comes to, in one currency: what scenarios are compared by. */
import type { LineCells } from '#lib/domain/expression/cells.ts';
import type { ModelLine } from '#lib/domain/expression/definition.ts';
import type { FigureFault } from '#lib/domain/expression/exact.ts';
import { figuresIn, type Model } from '#lib/domain/expression/model.ts';
import { isSameUnit, unitOf } from '#lib/domain/expression/unit.ts';
import { minorDigits } from '#lib/domain/money/currency.ts';
import { roundQuotient } from '#lib/domain/money/rounding.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

/** Costs less revenue, in minor units of `currency`. */
export interface Measure {
  readonly currency: string;
  /** By currency: the driver whose figures say how much of `currency` one unit of it is, in each period. */
  readonly rates: ReadonlyMap<string, string>;
  /** Ids of the lines that count; null for all. */
  readonly lines: ReadonlySet<string> | null;
}

export type MeasureFault =
  /** Amounts of several currencies are not added up without a rate. */
  { readonly kind: 'no-rate'; readonly currency: string; readonly wanted: string } | FigureFault;

/** Minor units, period by period. (SA1) */
export type Amounts = Float64Array;

/** The sum over lines in each period; a foreign amount is converted and rounded half-even, line by line. (SA1, SA2) */
export function periodTotals(model: Model, measure: Measure): Result<Amounts, MeasureFault> {
  const totals = new Float64Array(model.timeline.length);
  for (const { definition } of model.nodes) {
    if (definition.kind !== 'line') continue;
    const amounts = lineAmounts(model, definition, measure);
    if (!amounts.ok) return amounts;
    for (let at = 0; at < totals.length; at += 1) totals[at]! += amounts.value[at]!;
  }
  return ok(totals);
}

export function total(model: Model, measure: Measure): Result<number, MeasureFault> {
  const totals = periodTotals(model, measure);
  return totals.ok ? ok(sum(totals.value)) : totals;
}

/** What one line adds to the totals: nothing where it does not count, less than nothing for revenue. */
export function lineAmounts(model: Model, line: ModelLine, measure: Measure): Result<Amounts, MeasureFault> {
  if (measure.lines !== null && !measure.lines.has(line.id)) return ok(new Float64Array(model.timeline.length));
  const { minor, faults } = model.cells[model.placeById.get(line.id)!] as LineCells;
  const [fault] = faults?.values() ?? [];
  if (fault) return err(fault);
  const sign = line.nature === 'revenue' ? -1 : 1;
  if (line.currency === measure.currency) return ok(sign === 1 ? minor : minor.map((amount) => 0 - amount));
  const converted = convertedAmounts(model, line.currency, minor, measure);
  return converted.ok ? ok(converted.value.map((amount) => 0 + sign * amount)) : converted;
}

export function sum(amounts: Amounts): number {
  let whole = 0;
  for (const amount of amounts) whole += amount;
  return whole;
}

function convertedAmounts(
  model: Model,
  currency: string,
  minor: Amounts,
  { currency: wanted, rates }: Measure,
): Result<Amounts, MeasureFault> {
  const driver = rates.get(currency);
  const unit = model.nodes[model.placeById.get(driver ?? '') ?? -1]?.unit;
  if (driver === undefined || !unit || !isSameUnit(unit, unitOf(`${wanted}/${currency}`)!)) {
    return err({ kind: 'no-rate', currency, wanted });
  }
  const figures = figuresIn(model, driver);
  const [up, down] = [10n ** BigInt(minorDigits(wanted)), 10n ** BigInt(minorDigits(currency))];
  const amounts = new Float64Array(minor.length);
  for (let at = 0; at < minor.length; at += 1) {
    const rate = figures[at]!;
    if (!rate.ok) return rate;
    const { numerator, denominator } = rate.value;
    amounts[at] = Number(roundQuotient(BigInt(minor[at]!) * numerator * up, denominator * down, 'half-even'));
  }
  return ok(amounts);
}
