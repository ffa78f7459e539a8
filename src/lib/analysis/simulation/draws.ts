/**
 * From points of the unit cube to paths of drivers and residuals.
 *
 * A driver that varies over the path follows a first-order autoregression of its normal score, so that it has its own
 * distribution in every period. Factors are autoregressive each by itself and mixed afterwards: stated correlations
 * hold in every period, whatever the persistences are. Residuals come in blocks with a circular end: D. Politis and
 * J. Romano, "A circular block-resampling procedure for stationary data" (1992); all series start their blocks at the
 * same places, so that what happened together stays together.
 */
import { byScore } from './distributions.ts';
import { normalQuantile } from './normal.ts';
import type { Plan } from './plan.ts';

export interface Batch {
  /** How many paths. */
  readonly count: number;
  readonly periods: number;
  /** For each driver the value of path `p` in period `t` at `p * periods + t`. */
  readonly drivers: readonly Float64Array[];
  /** The same for each series of residuals. */
  readonly residuals: readonly Float64Array[];
}

/** Turns points, each a row of `plan.dimensions` numbers, into paths. The batch is written over by the next call. */
export function drawerOf(plan: Plan, most: number): (points: Float64Array, count: number) => Batch {
  const { drivers, residuals, periods } = plan;
  const room = (): Float64Array => new Float64Array(most * periods);
  const driverCells = drivers.map(room);
  const residualCells = residuals.map(room);
  const writeScores = scoresOf(plan);
  const shapes = drivers.map(({ distribution }) => byScore(distribution));
  return (points, count) => {
    writeScores(points, count, driverCells);
    shapes.forEach((shape, driver) => {
      const cells = driverCells[driver]!;
      for (let at = 0; at < count * periods; at += 1) cells[at] = shape(cells[at]!);
    });
    if (residuals.length > 0) writeResiduals(plan, points, count, residualCells);
    const used = (cells: Float64Array): Float64Array => cells.subarray(0, count * periods);
    return { count, periods, drivers: driverCells.map(used), residuals: residualCells.map(used) };
  };
}

/** Which numbers of a point each driver is drawn from, and last the residuals, if there are any. */
export function columnsOf({ drivers, residuals, periods, dimensions }: Plan): readonly (readonly number[])[] {
  const varying = drivers.filter(({ persistence }) => persistence < 1);
  const ofDrivers = drivers.map((driver, at) => {
    const place = varying.indexOf(driver);
    const later = place < 0 ? 0 : periods - 1;
    return [at, ...Array.from({ length: later }, (_, t) => drivers.length + t * varying.length + place)];
  });
  if (residuals.length === 0) return ofDrivers;
  const first = drivers.length + varying.length * (periods - 1);
  return [...ofDrivers, Array.from({ length: dimensions - first }, (_, at) => first + at)];
}

/** Standard normal scores of every driver: one factor after the other, then mixed. */
function scoresOf(plan: Plan): (points: Float64Array, count: number, into: readonly Float64Array[]) => void {
  const { drivers, periods, dimensions, mixing } = plan;
  const columns = columnsOf(plan);
  const rows = drivers.map((_, driver) =>
    mixing.factors.subarray(driver * drivers.length, (driver + 1) * drivers.length),
  );
  const isMixed = rows.map((row, driver) => row[driver] !== 1);
  return (points, count, into) => {
    drivers.forEach(({ persistence }, driver) => {
      const fresh = Math.sqrt(1 - persistence * persistence);
      const [cells, places] = [into[driver]!, columns[driver]!];
      for (let path = 0; path < count; path += 1) {
        let score = normalQuantile(points[path * dimensions + places[0]!]!);
        cells[path * periods] = score;
        for (let t = 1; t < periods; t += 1) {
          if (fresh > 0) score = persistence * score + fresh * normalQuantile(points[path * dimensions + places[t]!]!);
          cells[path * periods + t] = score;
        }
      }
    });
    for (let driver = drivers.length - 1; driver > 0; driver -= 1) {
      if (isMixed[driver]!) mix(into, rows[driver]!, driver, count * periods);
    }
  };
}

/** From the last driver to the first, since each is made of factors at or before its own place. */
function mix(cells: readonly Float64Array[], row: Float64Array, driver: number, length: number): void {
  const mixed = cells[driver]!;
  const own = row[driver]!;
  for (let at = 0; at < length; at += 1) mixed[at]! *= own;
  for (let factor = 0; factor < driver; factor += 1) {
    const weight = row[factor]!;
    if (weight === 0) continue;
    const from = cells[factor]!;
    for (let at = 0; at < length; at += 1) mixed[at]! += weight * from[at]!;
  }
}

function writeResiduals(plan: Plan, points: Float64Array, count: number, into: readonly Float64Array[]): void {
  const { residuals, periods, dimensions, block } = plan;
  const length = residuals[0]!.length;
  const first = dimensions - Math.ceil(periods / block);
  for (let path = 0; path < count; path += 1) {
    for (let t = 0; t < periods; t += 1) {
      const start = Math.floor(points[path * dimensions + first + Math.floor(t / block)]! * length);
      const from = (start + (t % block)) % length;
      into.forEach((cells, series) => (cells[path * periods + t] = residuals[series]![from]!));
    }
  }
}
