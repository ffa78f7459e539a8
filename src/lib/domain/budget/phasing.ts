/** How a total falls on the periods of a year: always to the cent. */
import { isIsoDate } from '../fiscal/iso-date.ts';
import type { Period } from '../fiscal/period.ts';
import { workingDays } from '../fiscal/working-days.ts';
import { allocate } from '../money/allocate.ts';
import { amountsOf, type Phases } from './line.ts';

export type Profile =
  | { readonly kind: 'even' }
  /** Holidays are ISO dates on which nobody works. */
  | { readonly kind: 'working-days'; readonly holidays: readonly string[] }
  | { readonly kind: 'front' }
  | { readonly kind: 'back' }
  /** Weights by position, none negative; a position without one gets nothing. */
  | { readonly kind: 'custom'; readonly weights: readonly number[] }
  /** Figures by position whose shape is kept: last year's amounts, or the line's own. */
  | { readonly kind: 'shape'; readonly amounts: readonly number[] };

/** A phase for each of the periods; together they are exactly `total` minor units. (B3, B4) */
export function spread(total: number, profile: Profile, periods: readonly Period[]): Phases {
  const amounts =
    profile.kind === 'shape'
      ? inShape(total, firstOf(profile.amounts, periods.length))
      : allocate(total, weightsOf(profile, periods));
  return Object.fromEntries(periods.map(({ key }, i) => [key, amounts[i] ?? 0]));
}

/** The phases that make these periods come to `total`, in the shape they have. (B6) */
export function setAnnual(phases: Phases, total: number, periods: readonly Period[]): Phases {
  return spread(total, { kind: 'shape', amounts: amountsOf(phases, periods) }, periods);
}

function weightsOf(profile: Exclude<Profile, { kind: 'shape' }>, periods: readonly Period[]): number[] {
  const count = periods.length;
  switch (profile.kind) {
    case 'even':
      return periods.map(() => 1);
    case 'front':
      return periods.map((_, i) => count - i);
    case 'back':
      return periods.map((_, i) => i + 1);
    case 'custom':
      return firstOf(profile.weights, count);
    case 'working-days': {
      const holidays = new Set(profile.holidays.filter(isIsoDate));
      return periods.map((period) => workingDays(period, holidays));
    }
  }
}

/** (B5) */
function inShape(total: number, amounts: readonly number[]): number[] {
  if (amounts.every((amount) => amount >= 0) || amounts.every((amount) => amount <= 0)) {
    return allocate(total, amounts.map(Math.abs));
  }
  const even = amounts.map(() => 1);
  const difference = Number(amounts.reduce((rest, amount) => rest - BigInt(amount), BigInt(total)));
  if (!Number.isSafeInteger(difference)) return allocate(total, even);
  const shares = allocate(difference, even);
  const shaped = amounts.map((amount, i) => amount + (shares[i] ?? 0));
  return shaped.every(Number.isSafeInteger) ? shaped : allocate(total, even);
}

function firstOf(values: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => values[i] ?? 0);
}
