/** The figures of one definition, period by period. */
import type { Period } from '#lib/domain/fiscal/period.ts';
import { fraction, scaled, type Fraction } from '#lib/domain/money/fraction.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { Figure, FigureFault } from './exact.ts';
import { errorOfNumber, numberOf } from './number.ts';

export type Cells = DriverCells | LineCells;

/** Drivers are exact, and beside it the numbers to reckon with: NaN where there is no figure. */
export interface DriverCells {
  readonly kind: 'driver';
  readonly exact: Figure[];
  readonly values: Float64Array;
  /** How far each value may be from the exact figure. */
  readonly errors: Float64Array;
}

/** Lines are minor units: NaN where `faults` says why there are none. */
export interface LineCells {
  readonly kind: 'line';
  readonly digits: number;
  readonly minor: Float64Array;
  faults: Map<number, FigureFault> | null;
}

export function driverCells(count: number): DriverCells {
  return { kind: 'driver', exact: [], values: new Float64Array(count), errors: new Float64Array(count) };
}

export function lineCells(count: number, digits: number): LineCells {
  return { kind: 'line', digits, minor: new Float64Array(count), faults: null };
}

/** The figure at a place, exactly and in whole units. */
export function figureIn(cells: Cells, at: number): Figure {
  if (cells.kind === 'driver') return cells.exact[at]!;
  const fault = cells.faults?.get(at);
  return fault ? err(fault) : ok(fraction(BigInt(cells.minor[at]!), 10n ** BigInt(cells.digits)));
}

/** Larger figures are no driver of any budget. (E15) */
const LARGEST = 10n ** 18n;

export function putDriver(cells: DriverCells, at: number, figure: Figure, id: string, period: Period): void {
  const kept: Figure =
    figure.ok && isTooLarge(figure.value) ? err({ kind: 'too-large', id, period: period.key }) : figure;
  cells.exact[at] = kept;
  cells.values[at] = kept.ok ? numberOf(kept.value) : NaN;
  if (kept.ok) cells.errors[at] = errorOfNumber(kept.value, cells.values[at]);
}

/** An exact figure rounded half-even to minor units. (E14) */
export function putRounded(cells: LineCells, at: number, figure: Figure, id: string, period: Period): void {
  const minor = figure.ok ? Number(scaled(figure.value, cells.digits, 'half-even')) : NaN;
  if (Number.isSafeInteger(minor)) {
    cells.minor[at] = minor;
    return;
  }
  cells.minor[at] = NaN;
  cells.faults ??= new Map();
  cells.faults.set(at, figure.ok ? { kind: 'too-large', id, period: period.key } : figure.error);
}

/** The minor units that a value within `error` of the exact figure surely rounds to; NaN where that is open. */
export function roundedSurely(value: number, error: number, digits: number): number {
  const minor = value * 10 ** digits;
  const unsure = error * 10 ** digits + Math.abs(minor) * 2 ** -51;
  const below = Math.floor(minor);
  const fromTie = minor - below - 0.5;
  if (!(Math.abs(fromTie) > unsure) || !(unsure < 0.25)) return NaN;
  return fromTie < 0 ? below : below + 1;
}

export function areSame(a: Cells, b: Cells): boolean {
  if (a.kind === 'line')
    return b.kind === 'line' && a.digits === b.digits && a.minor.every((minor, at) => minor === b.minor[at]);
  return b.kind === 'driver' && a.exact.every((figure, at) => isSame(figure, b.exact[at]));
}

function isSame(a: Figure, b: Figure | undefined): boolean {
  if (!a.ok || !b?.ok) return false;
  return a.value.numerator * b.value.denominator === b.value.numerator * a.value.denominator;
}

function isTooLarge({ numerator, denominator }: Fraction): boolean {
  const most = LARGEST * denominator;
  return numerator > most || numerator < -most;
}
