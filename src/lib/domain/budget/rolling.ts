/** The rolling forecast of a line: what was spent, then what is expected, and how long its budget lasts. */
import type { PeriodKey } from '../fiscal/period.ts';
import { roundQuotient } from '../money/rounding.ts';

type Amounts = ReadonlyMap<PeriodKey, number>;

/** Minor units of one currency by period; a period that is absent is zero. */
export interface RollingGround {
  /** Of one fiscal year, in order. */
  readonly periods: readonly PeriodKey[];
  /** The last whole period; one before the year where none of it is whole. */
  readonly until: PeriodKey;
  readonly planned: Amounts;
  readonly actual: Amounts;
  /** Null where nothing is forecast: the plan stands in. */
  readonly expected: Amounts | null;
}

export interface RollingForecast {
  /** One figure for each period. (B21) */
  readonly figures: readonly number[];
  /** How many of them, from the first, are actual. */
  readonly whole: number;
  readonly planned: number;
  /** EAC. (B22) */
  readonly atCompletion: number;
  /** Per period; null before the first whole one. Rounded half-even. (B23) */
  readonly runRate: number | null;
  /** Tenths of a period after the last whole one; null where it does not run out at this rate. (B23) */
  readonly tenthsLeft: number | null;
  /** The period in which the year's plan is exceeded; null where it is not. (B24) */
  readonly exhaustedIn: PeriodKey | null;
}

const RATED = 3;

export function rollingForecast({ periods, until, planned, actual, expected }: RollingGround): RollingForecast {
  const whole = periods.filter((key) => key <= until).length;
  const rest = expected ?? planned;
  const figures = periods.map((key, at) => (at < whole ? actual : rest).get(key) ?? 0);
  const plan = sum(periods.map((key) => planned.get(key) ?? 0));
  const spent = figures.slice(0, whole);
  return {
    figures,
    whole,
    planned: plan,
    atCompletion: sum(figures),
    ...lasting(plan - sum(spent), spent.slice(-RATED)),
    exhaustedIn: periods.find((_, at) => sum(figures.slice(0, at + 1)) > plan) ?? null,
  };
}

/** (B23) */
function lasting(left: number, rated: readonly number[]): Pick<RollingForecast, 'runRate' | 'tenthsLeft'> {
  if (rated.length === 0) return { runRate: null, tenthsLeft: null };
  const spent = BigInt(sum(rated));
  const count = BigInt(rated.length);
  const runRate = Number(roundQuotient(spent, count, 'half-even'));
  if (left <= 0) return { runRate, tenthsLeft: 0 };
  if (spent <= 0n) return { runRate, tenthsLeft: null };
  return { runRate, tenthsLeft: Number(roundQuotient(BigInt(left) * count * 10n, spent, 'half-even')) };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
