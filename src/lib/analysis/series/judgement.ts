/** What a person decides about figures: who, when, why and until when. Nothing is decided without a reason. */
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';

export interface Judgement {
  readonly id: string;
  /** Id of the person. */
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly reason: string;
  /** ISO date, the last day it holds; null until somebody takes it back. */
  readonly expires: string | null;
  readonly period: PeriodKey;
}

/** What became of a judgement: only one that holds changes a figure, and none vanishes from the answer. */
export interface Judged<J extends Judgement> {
  readonly judgement: J;
  readonly standing:
    | 'holds'
    | 'expired'
    /** A later one decides the same. */
    | 'superseded'
    /** Its period is not among those in question. */
    | 'outside';
  /** The figures it changed, in minor units of the series. */
  readonly changes: readonly Change[];
}

interface Change {
  readonly period: PeriodKey;
  readonly was: number;
  readonly is: number;
}

export type JudgementFault =
  | { readonly kind: 'reason-missing'; readonly id: string }
  | { readonly kind: 'not-a-date'; readonly id: string; readonly date: string }
  | { readonly kind: 'not-an-amount'; readonly id: string };

/** How each stands on a day, in their order. `subjectOf` names what a judgement decides: the latest on it holds. */
export function standings<J extends Judgement>(
  judgements: readonly J[],
  today: string,
  periods: ReadonlySet<PeriodKey>,
  subjectOf: (judgement: J) => string,
): Judged<J>['standing'][] {
  const isLive = ({ expires, period }: J): boolean => (expires === null || today <= expires) && periods.has(period);
  const latest = new Map<string, J>();
  for (const judgement of judgements.filter(isLive)) {
    const other = latest.get(subjectOf(judgement));
    if (other === undefined || other.at <= judgement.at) latest.set(subjectOf(judgement), judgement);
  }
  return judgements.map((judgement) => {
    if (judgement.expires !== null && today > judgement.expires) return 'expired';
    if (!periods.has(judgement.period)) return 'outside';
    return latest.get(subjectOf(judgement)) === judgement ? 'holds' : 'superseded';
  });
}

/** What keeps a judgement from being one; null when nothing does. `amount` is that of judgements that set a figure. */
export function judgementFault({ id, reason, expires }: Judgement, amount = 0): JudgementFault | null {
  if (reason.trim() === '') return { kind: 'reason-missing', id };
  if (expires !== null && !isIsoDate(expires)) return { kind: 'not-a-date', id, date: expires };
  return Number.isSafeInteger(amount) ? null : { kind: 'not-an-amount', id };
}
