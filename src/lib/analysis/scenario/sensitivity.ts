/** Which drivers move the total most: one at a time, and by their share in its variance. */
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

/** How many classes of values a driver is cut into; few enough that each has many samples. */
const MOST_CLASSES = 48;
const LEAST_IN_CLASS = 25;

/**
 * The share of the variance of `totals` that each driver's sampled values account for by themselves, 0 to 1: the
 * first-order index Var(E[Y|X]) / Var(Y), from the samples as they are (Pearson's correlation ratio over classes of
 * equal size, freed of its bias as Kelley's epsilon squared; Plischke, Borgonovo & Smith 2013). Shares of independent
 * drivers leave to 1 what only their interaction explains; those of correlated ones may exceed it together. None where
 * totals do not vary, or where there are fewer than 100 samples. Costs no further run of the model, unlike the designed
 * samples of `simulation/variance-shares.ts`, which also tell total shares and groups. (SA7)
 */
export function sharesFromSamples(
  samples: ReadonlyMap<string, Float64Array>,
  totals: Float64Array,
): ReadonlyMap<string, number> | null {
  const count = totals.length;
  if (count < 100 || !totals.every(Number.isFinite)) return null;
  const mean = meanOf(totals, 0, count);
  const whole = totals.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  if (!(whole > 0)) return null;
  const classes = Math.min(MOST_CLASSES, Math.floor(count / LEAST_IN_CLASS));
  return new Map([...samples].map(([id, values]) => [id, shareOf(values, totals, mean, whole, classes)]));
}

function shareOf(values: Float64Array, totals: Float64Array, mean: number, whole: number, classes: number): number {
  const count = totals.length;
  assert(values.length === count, 'a value for each total');
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const sorted = Float64Array.from(order, (at) => totals[at]!);
  let between = 0;
  for (let each = 0, start = 0; each < classes; each += 1) {
    const end = Math.round(((each + 1) * count) / classes);
    between += (end - start) * (meanOf(sorted, start, end) - mean) ** 2;
    start = end;
  }
  if (values[order[0]!] === values[order[count - 1]!]) return 0;
  const within = 1 - between / whole;
  return Math.max(0, 1 - (within * (count - 1)) / (count - classes));
}

function meanOf(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at += 1) sum += values[at]!;
  return sum / (end - start);
}
