/** Figures that a person has put in place of what was calculated. What was calculated stays beside them. */
import type { Period } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { judgementFault, standings, type Judged, type Judgement, type JudgementFault } from '../series/judgement.ts';
import type { Interval } from './accuracy.ts';

export interface Override extends Judgement {
  /** Minor units expected of the period instead. */
  readonly amount: number;
}

export interface Overridden {
  readonly mean: readonly number[];
  readonly overrides: readonly Judged<Override>[];
}

/** The means of periods with the overrides that hold today in their place. */
export function overridden(
  mean: readonly number[],
  periods: readonly Period[],
  overrides: readonly Override[],
  today: string,
): Result<Overridden, JudgementFault> {
  for (const override of overrides) {
    const fault = judgementFault(override, override.amount);
    if (fault !== null) return err(fault);
  }
  const at = new Map(periods.map(({ key }, position) => [key, position]));
  const standing = standings(overrides, today, new Set(at.keys()), ({ period }) => period);
  const changed = [...mean];
  const judged = overrides.map((judgement, order): Judged<Override> => {
    const { period, amount } = judgement;
    if (standing[order] !== 'holds') return { judgement, standing: standing[order]!, changes: [] };
    const position = at.get(period)!;
    changed[position] = amount;
    return { judgement, standing: 'holds', changes: [{ period, was: mean[position]!, is: amount }] };
  });
  return ok({ mean: changed, overrides: judged });
}

/** Ranges stay what was calculated, and reach as far as a person's figure where it lies outside. */
export function rangesAround(intervals: readonly Interval[], mean: readonly number[]): Interval[] {
  return intervals.map(({ level, lower, upper }) => ({
    level,
    lower: lower.map((value, at) => Math.min(value, mean[at]!)),
    upper: upper.map((value, at) => Math.max(value, mean[at]!)),
  }));
}
