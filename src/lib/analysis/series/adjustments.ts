/** Figures of a history that a person has decided not to take as they are booked. What they were stays beside them. */
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { residualOf, type Schedule } from '../known-events/event.ts';
import { figureExpected, shiftAt } from './disturbances.ts';
import { judgementFault, standings, type Judged, type Judgement, type JudgementFault } from './judgement.ts';
import type { Series } from './series.ts';

export type Adjustment = Judgement &
  /** The figure is read as `amount` minor units instead. The booked one again: it is no outlier, whatever it looks like. */
  (
    | { readonly kind: 'replace'; readonly amount: number }
    /** Nothing is learnt from the figure: it is read as its neighbours and its season say. */
    | { readonly kind: 'exclude' }
    /** The level that begins with this period is here to stay: what lies before it is read at that level. */
    | { readonly kind: 'level-shift' }
  );

export interface AdjustedHistory {
  /** What there is to learn from: without known amounts, in prices before known factors. */
  readonly residual: Float64Array;
  readonly adjustments: readonly Judged<Adjustment>[];
}

/** Takes the known schedule out of a series, and reads what is left as the adjustments that hold today say. */
export function adjustedHistory(
  series: Series,
  schedule: Schedule,
  adjustments: readonly Adjustment[],
  today: string,
): Result<AdjustedHistory, JudgementFault> {
  for (const adjustment of adjustments) {
    const fault = judgementFault(adjustment, adjustment.kind === 'replace' ? adjustment.amount : 0);
    if (fault !== null) return err(fault);
  }
  const at = new Map(series.periods.map(({ key }, position) => [key, position]));
  const standing = standings(adjustments, today, new Set(at.keys()), subjectOf);
  const judged = adjustments.map((judgement, order): Judged<Adjustment> => {
    return { judgement, standing: standing[order]!, changes: [] };
  });
  let residual = residualOf(series.values, schedule);
  // A figure that is replaced counts for the others, and one left out must not count for the level.
  for (const kind of ['replace', 'exclude', 'level-shift'] as const) {
    for (const [order, { judgement, standing: stands }] of judged.entries()) {
      if (stands !== 'holds' || judgement.kind !== kind) continue;
      const changed = read(judgement, residual, at.get(judgement.period)!, schedule, series.season);
      judged[order] = { judgement, standing: stands, changes: changesOf(residual, changed, schedule, series) };
      residual = changed;
    }
  }
  return ok({ residual, adjustments: judged });
}

/** Positions that a person has decided on: nobody need be warned of them. */
export function isDecided(adjustments: readonly Judged<Adjustment>[], period: PeriodKey): boolean {
  return adjustments.some(({ judgement, standing }) => standing === 'holds' && judgement.period === period);
}

function subjectOf({ kind, period }: Adjustment): string {
  return kind === 'level-shift' ? `shift ${period}` : period;
}

function read(
  adjustment: Adjustment,
  residual: Float64Array,
  at: number,
  schedule: Schedule,
  season: number,
): Float64Array {
  switch (adjustment.kind) {
    case 'replace': {
      const booked = residual.map(() => adjustment.amount);
      return residual.with(at, residualOf(booked, schedule)[at]!);
    }
    case 'exclude':
      return residual.with(at, figureExpected(residual, season, at));
    case 'level-shift': {
      const { times, plus } = shiftAt(residual, season, at);
      return residual.map((value, t) => (t < at ? value * times + plus : value));
    }
  }
}

function changesOf(
  before: Float64Array,
  after: Float64Array,
  { amounts, factors }: Schedule,
  { periods }: Series,
): Judged<Adjustment>['changes'] {
  const booked = (values: Float64Array, at: number): number => Math.round(amounts[at]! + factors[at]! * values[at]!);
  return periods.flatMap(({ key }, at) =>
    before[at] === after[at] ? [] : [{ period: key, was: booked(before, at), is: booked(after, at) }],
  );
}
