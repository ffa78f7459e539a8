/**
 * The indices of earned value management: ANSI/EIA-748 by its formulae as Fleming & Koppelman, Earned Value Project
 * Management, 4th ed., and the PMI Practice Standard for Earned Value Management give them.
 */
import { roundQuotient } from '../money/rounding.ts';
import { assert } from '../result.ts';

/** All amounts are minor units of one currency, from the beginning of the project to the end of the status period. */
export interface ProjectStanding {
  /** BAC: the whole budget. */
  readonly budget: number;
  /** PV: what was planned for the work due by now. */
  readonly planned: number;
  /** AC */
  readonly actual: number;
  /** Hundredths of a percent from 0 to 10,000; null where nobody said. */
  readonly complete: number | null;
  /** ETC from the bottom up: what somebody estimates is left to spend; null where nobody said. */
  readonly remaining: number | null;
}

/** Why a figure is not defined. (EV7) */
export type Undefined =
  | 'no-budget'
  | 'no-progress'
  | 'nothing-planned'
  | 'nothing-spent'
  | 'nothing-earned'
  | 'no-estimate'
  | 'budget-used'
  | 'work-complete'
  | 'too-large';

/** Minor units, or decimal text for an index. */
export type Figure<T> = { readonly known: T } | { readonly unknown: Undefined };

export type Outlook = 'as-it-went' | 'rest-as-planned' | 'cost-and-delay' | 'bottom-up';

export const OUTLOOKS: readonly Outlook[] = ['as-it-went', 'rest-as-planned', 'cost-and-delay', 'bottom-up'];

export interface EarnedValue {
  /** EV */
  readonly earned: Figure<number>;
  /** CV */
  readonly costVariance: Figure<number>;
  /** SV */
  readonly scheduleVariance: Figure<number>;
  /** CPI */
  readonly costIndex: Figure<string>;
  /** SPI */
  readonly scheduleIndex: Figure<string>;
  /** EAC and VAC, one of each for every outlook. */
  readonly atCompletion: Readonly<
    Record<Outlook, { readonly estimate: Figure<number>; readonly variance: Figure<number> }>
  >;
  /** TCPI, to complete within the budget. */
  readonly toComplete: Figure<string>;
}

const WHOLE = 10_000;

/** (EV2) */
export function isComplete(hundredths: number): boolean {
  return Number.isInteger(hundredths) && hundredths >= 0 && hundredths <= WHOLE;
}

/** Every index of a standing. (EV2 to EV7) */
export function earnedValue(standing: ProjectStanding): EarnedValue {
  const { budget, planned, actual } = standing;
  const earned = earnedOf(standing);
  return {
    earned,
    costVariance: then(earned, (ev) => minor(BigInt(ev) - BigInt(actual))),
    scheduleVariance: then(earned, (ev) => minor(BigInt(ev) - BigInt(planned))),
    costIndex: then(earned, (ev) => (actual <= 0 ? no('nothing-spent') : index(BigInt(ev), BigInt(actual)))),
    scheduleIndex: then(earned, (ev) => (planned <= 0 ? no('nothing-planned') : index(BigInt(ev), BigInt(planned)))),
    atCompletion: outlooks((outlook) => {
      const estimate = estimateOf(outlook, standing, earned);
      return { estimate, variance: then(estimate, (eac) => minor(BigInt(budget) - BigInt(eac))) };
    }),
    toComplete: then(earned, (ev) => toComplete(BigInt(budget), BigInt(ev), BigInt(actual))),
  };
}

function earnedOf({ budget, complete }: ProjectStanding): Figure<number> {
  if (budget <= 0) return no('no-budget');
  if (complete === null) return no('no-progress');
  assert(isComplete(complete), `${complete} is hundredths of a percent complete`);
  return minor(roundQuotient(BigInt(budget) * BigInt(complete), BigInt(WHOLE), 'half-even'));
}

/** (EV5) */
function estimateOf(outlook: Outlook, standing: ProjectStanding, earned: Figure<number>): Figure<number> {
  const { remaining } = standing;
  const [bac, pv, ac] = [BigInt(standing.budget), BigInt(standing.planned), BigInt(standing.actual)];
  if (outlook === 'bottom-up') return remaining === null ? no('no-estimate') : minor(ac + BigInt(remaining));
  return then(earned, (minorUnits) => {
    const ev = BigInt(minorUnits);
    if (outlook === 'rest-as-planned') return minor(ac + bac - ev);
    if (ac <= 0n) return no('nothing-spent');
    if (ev === 0n) return no('nothing-earned');
    if (outlook === 'as-it-went') return minor(roundQuotient(bac * ac, ev, 'half-even'));
    if (pv <= 0n) return no('nothing-planned');
    return minor(ac + roundQuotient((bac - ev) * ac * pv, ev * ev, 'half-even'));
  });
}

/** (EV6) */
function toComplete(bac: bigint, ev: bigint, ac: bigint): Figure<string> {
  if (ev >= bac) return no('work-complete');
  if (ac >= bac) return no('budget-used');
  return index(bac - ev, bac - ac);
}

function outlooks<T>(of: (outlook: Outlook) => T): Readonly<Record<Outlook, T>> {
  return {
    'as-it-went': of('as-it-went'),
    'rest-as-planned': of('rest-as-planned'),
    'cost-and-delay': of('cost-and-delay'),
    'bottom-up': of('bottom-up'),
  };
}

function then<A, B>(figure: Figure<A>, next: (known: A) => Figure<B>): Figure<B> {
  return 'known' in figure ? next(figure.known) : figure;
}

function no(unknown: Undefined): { readonly unknown: Undefined } {
  return { unknown };
}

function minor(exact: bigint): Figure<number> {
  const value = Number(exact);
  return Number.isSafeInteger(value) ? { known: value } : no('too-large');
}

/** Six decimals, half-even, without trailing zeros; the denominator is positive. */
function index(numerator: bigint, denominator: bigint): Figure<string> {
  const millionths = roundQuotient(numerator * 1_000_000n, denominator, 'half-even');
  const digits = String(millionths).padStart(7, '0');
  return { known: `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '') };
}
