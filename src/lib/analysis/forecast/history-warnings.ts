/** Warnings that a bare history gives rise to, with what each rests on. */
import type { MethodName } from './methods.ts';

export type HistoryWarning =
  /** Fewer periods than anything can be fitted to: the last figure goes on. */
  | { readonly kind: 'too-short'; readonly periods: number; readonly needed: number }
  /** Fewer than two seasons: what repeats every year cannot be told from chance. */
  | { readonly kind: 'few-seasons'; readonly periods: number; readonly season: number }
  /** Nothing in so many of the periods: forecast is the mean of what comes now and then. */
  | { readonly kind: 'intermittent'; readonly zeros: number; readonly periods: number }
  /** All figures are alike: they say nothing of how far off the next may be. */
  | { readonly kind: 'constant'; readonly periods: number }
  /** The method that a person chose cannot be fitted to this history; another was used. */
  | { readonly kind: 'cannot-pin'; readonly method: MethodName };

/** Below this there is nothing to fit: the last value stands for all. */
export const LEAST_TO_FIT = 4;

export function historyWarnings(
  history: Float64Array,
  { season, pinned }: { readonly season: number; readonly pinned?: MethodName },
  made: { readonly isIntermittent: boolean; readonly method: string },
): HistoryWarning[] {
  const warnings: HistoryWarning[] = [];
  const periods = history.length;
  if (periods < LEAST_TO_FIT) warnings.push({ kind: 'too-short', periods, needed: LEAST_TO_FIT });
  else if (season > 1 && periods < 2 * season) warnings.push({ kind: 'few-seasons', periods, season });
  if (made.isIntermittent) {
    warnings.push({ kind: 'intermittent', zeros: history.filter((value) => value === 0).length, periods });
  }
  if (periods > 1 && isConstant(history)) warnings.push({ kind: 'constant', periods });
  if (pinned !== undefined && made.method !== pinned) warnings.push({ kind: 'cannot-pin', method: pinned });
  return warnings;
}

export function isConstant(history: Float64Array): boolean {
  return history.every((value) => value === history[0]);
}
