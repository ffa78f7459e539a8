/** Which drivers move the total most, one at a time. Shares of its variance are in `simulation/variance-shares.ts`. */
import type { Driver } from '#lib/domain/expression/definition.ts';
import type { Model } from '#lib/domain/expression/model.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';
import { definitionIn, modelWith } from './difference.ts';
import { total, type Measure, type MeasureFault } from './measure.ts';

/** How far a driver may be from its value, in percent of it as plain decimal text: '-10' and '15'. */
export interface Range {
  readonly driverId: string;
  readonly low: string;
  readonly high: string;
}

/** Minor units of the measure's currency. */
export interface Bar {
  readonly driverId: string;
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

export type SensitivityFault =
  | MeasureFault
  | { readonly kind: 'unknown-driver'; readonly id: string }
  | { readonly kind: 'no-percent'; readonly text: string };

/**
 * The totals with each driver at either end of its range and all others as they are, the widest bar first (a tornado).
 * Howard (1988), Decision analysis: practice and promise. (SA6)
 */
export function tornado(
  model: Model,
  ranges: readonly Range[],
  measure: Measure,
): Result<readonly Bar[], SensitivityFault> {
  const bars: Bar[] = [];
  for (const { driverId, low, high } of ranges) {
    const driver = definitionIn(model, driverId);
    if (driver?.kind !== 'driver') return err({ kind: 'unknown-driver', id: driverId });
    const atLow = totalWith(model, driver, low, measure);
    if (!atLow.ok) return atLow;
    const atHigh = totalWith(model, driver, high, measure);
    if (!atHigh.ok) return atHigh;
    bars.push({ driverId, name: driver.name, low: atLow.value, high: atHigh.value });
  }
  const width = ({ low, high }: Bar): number => Math.abs(high - low);
  return ok(bars.sort((a, b) => width(b) - width(a) || (a.name < b.name ? -1 : 1)));
}

function totalWith(model: Model, driver: Driver, percent: string, measure: Measure): Result<number, SensitivityFault> {
  if (!/^-?\d{1,6}(\.\d{1,9})?$/.test(percent)) return err({ kind: 'no-percent', text: percent });
  const scaled = modelWith(model, [{ ...driver, content: scaledContent(driver.content, percent) }]);
  assert(scaled !== undefined, 'a driver times a number is a driver');
  return total(scaled, measure);
}

function scaledContent(content: Driver['content'], percent: string): Driver['content'] {
  if ('formula' in content) return { formula: `(${content.formula}) * (1 + ${percent}%)` };
  return { values: content.values.map(({ from, value }) => ({ from, value: timesPercent(value, percent) })) };
}

/** `value * (1 + percent / 100)` for plain decimals, exactly. */
function timesPercent(value: string, percent: string): string {
  const [units = '', decimals = ''] = value.split('.');
  const [whole = '', parts = ''] = percent.split('.');
  const factor = 100n * 10n ** BigInt(parts.length) + BigInt(whole + parts);
  const product = BigInt(units + decimals) * factor;
  const places = decimals.length + parts.length + 2;
  const figures = String(product < 0n ? -product : product).padStart(places + 1, '0');
  return `${product < 0n ? '-' : ''}${figures.slice(0, -places)}.${figures.slice(-places)}`;
}
