/**
 * Forecasts of many lines in whole minor units whose parts add up to the total.
 *
 * Sources: bottom-up and top-down by forecast proportions: R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles
 * and Practice, chapter 11; rows with both signs are scaled as in the generalised RAS method: T. Junius and
 * J. Oosterhaven, Economic Systems Research 15 (2003).
 */
import { allocate } from '#lib/domain/money/allocate.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

/** Whole minor units, all of one currency. */
export interface Reconciled {
  /** How the parts were made to add up; units left over by rounding go to the largest remainders in either. */
  readonly method: 'bottom-up' | 'top-down';
  /** One row for each line, one figure for each period. */
  readonly lines: readonly (readonly number[])[];
  /** The sum of the lines, for each period. */
  readonly total: readonly number[];
}

export type ReconcileFault =
  /** A figure that is no number, or too large to be exact. `period` is its position. */
  | { readonly kind: 'not-an-amount'; readonly period: number }
  /** Lines of another length than the others, or than the total. */
  | { readonly kind: 'lengths-differ' }
  /** A total for nobody. */
  | { readonly kind: 'no-lines' }
  /** No line has the sign of the total: spreading it would turn a cost into income or the other way. */
  | { readonly kind: 'signs-clash'; readonly period: number };

/** The lines count: each is rounded up or down so that their sum is the rounded sum of what was forecast. */
export function bottomUp(lines: readonly (readonly number[])[]): Result<Reconciled, ReconcileFault> {
  if (lines.length === 0) return err({ kind: 'no-lines' });
  return byPeriod('bottom-up', lines, lines[0]!.length, (figures, period) => {
    const whole = figures.map(Math.floor);
    const left = Math.round(figures.reduce((sum, figure, line) => sum + (figure - whole[line]!), 0));
    const total = whole.reduce((sum, figure) => sum + figure, left);
    if (!Number.isSafeInteger(total)) return err({ kind: 'not-an-amount', period });
    return ok(unitMore(whole, figures, left));
  });
}

/** The total counts: it is spread over the lines in proportion to their own forecasts, each keeping its sign. */
export function topDown(
  total: readonly number[],
  lines: readonly (readonly number[])[],
): Result<Reconciled, ReconcileFault> {
  if (lines.length === 0) return err({ kind: 'no-lines' });
  return byPeriod('top-down', lines, total.length, (figures, period) => {
    const whole = Math.round(total[period]!);
    if (!Number.isSafeInteger(whole)) return err({ kind: 'not-an-amount', period });
    const shared = sharedBySign(whole, figures);
    return shared === null ? err({ kind: 'signs-clash', period }) : ok(shared);
  });
}

function byPeriod(
  method: Reconciled['method'],
  lines: readonly (readonly number[])[],
  periods: number,
  share: (figures: readonly number[], period: number) => Result<readonly number[], ReconcileFault>,
): Result<Reconciled, ReconcileFault> {
  if (lines.some((line) => line.length !== periods)) return err({ kind: 'lengths-differ' });
  const shares: (readonly number[])[] = [];
  for (let period = 0; period < periods; period += 1) {
    const figures = lines.map((line) => line[period]!);
    if (!figures.every((figure) => Math.abs(figure) <= Number.MAX_SAFE_INTEGER))
      return err({ kind: 'not-an-amount', period });
    const shared = share(figures, period);
    if (!shared.ok) return shared;
    shares.push(shared.value);
  }
  return ok({
    method,
    lines: lines.map((_, line) => shares.map((shared) => shared[line]!)),
    total: shares.map((shared) => shared.reduce((sum, figure) => sum + figure, 0)),
  });
}

/** One unit more for the `left` figures that were cut most; never for one that is whole already. */
function unitMore(whole: readonly number[], figures: readonly number[], left: number): number[] {
  const order = whole
    .map((figure, line) => ({ line, cut: figures[line]! - figure }))
    .sort((a, b) => b.cut - a.cut || a.line - b.line);
  const raised = new Set(order.slice(0, left).map(({ line }) => line));
  // Adding zero turns the -0 of a rounded figure into 0.
  return whole.map((figure, line) => figure + (raised.has(line) ? 1 : 0) + 0);
}

/** Those above zero are scaled by one factor and those below divided by it: the one with which both make the total. */
function sharedBySign(total: number, figures: readonly number[]): number[] | null {
  const above = figures.reduce((sum, figure) => sum + Math.max(figure, 0), 0);
  const below = figures.reduce((sum, figure) => sum + Math.max(-figure, 0), 0);
  if (above === 0 && below === 0) return allocate(total, figures.map(Math.abs));
  if ((total > 0 && above === 0) || (total < 0 && below === 0)) return null;
  const upper = below === 0 ? total : above === 0 ? 0 : upperPart(total, above, below);
  const ups = allocate(upper, figures.map((figure) => Math.max(figure, 0))); // prettier-ignore
  const downs = allocate(upper - total, figures.map((figure) => Math.max(-figure, 0))); // prettier-ignore
  return figures.map((_, line) => ups[line]! - downs[line]!);
}

/** `factor * above` rounded, where factor * above - below / factor = total. */
function upperPart(total: number, above: number, below: number): number {
  const root = Math.hypot(total, 2 * Math.sqrt(above) * Math.sqrt(below));
  // The same root of the quadratic, written so that nothing cancels.
  const upper = total >= 0 ? (total + root) / 2 : (2 * above * below) / (root - total);
  return Math.max(Math.round(upper), total, 0);
}
