/** What changes on a line from a day on, or comes once: price steps, starts, ends, one-offs. */
import { daysBetween, isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { allocate } from '#lib/domain/money/allocate.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { EventFault, EventSupplier, KnownEvent } from './event.ts';

export type LineChange = {
  readonly id: string;
  readonly label: string;
  /** ISO date: the first day it holds; of an end, the last day before it. */
  readonly on: string;
} &
  /** The line costs so much more a period: `amount` minor units of `currency`, below zero for less. */
  (
    | { readonly kind: 'price-step'; readonly amount: number; readonly currency: string }
    /** What is not known to the minor unit costs so many times as much: 1.04 for four percent more. */
    | { readonly kind: 'price-step'; readonly factor: number }
    /** Something new of so much a period. */
    | { readonly kind: 'start'; readonly amount: number; readonly currency: string }
    /** Something of so much a period that has been there throughout comes no more. */
    | { readonly kind: 'end'; readonly amount: number; readonly currency: string }
    /** The whole line ends: nothing comes that is not known to the minor unit. */
    | { readonly kind: 'end' }
    | { readonly kind: 'one-off'; readonly amount: number; readonly currency: string }
  );

/** Dated changes of a line as known events. A period that a change cuts has its share by days. */
export function lineChanges(changes: readonly LineChange[]): EventSupplier {
  return (periods) => {
    const events: KnownEvent[] = [];
    for (const change of changes) {
      const fault = faultOf(change);
      if (fault !== null) return err(fault);
      const { id, kind, label } = change;
      events.push({ id, kind, label, effect: effectOf(change, periods) });
    }
    return ok(events);
  };
}

function effectOf(change: LineChange, periods: readonly Period[]): KnownEvent['effect'] {
  const byPeriod: Record<string, number> = {};
  for (const period of periods) {
    const [before, after] = daysAround(change, period);
    if ('amount' in change) {
      const amount = amountIn(change, period, [before, after]);
      if (amount !== 0) byPeriod[period.key] = amount;
    } else if (after > 0) {
      const factor = change.kind === 'end' ? 0 : change.factor;
      byPeriod[period.key] = (before + factor * after) / (before + after);
    }
  }
  return 'amount' in change ? { kind: 'amounts', currency: change.currency, byPeriod } : { kind: 'factor', byPeriod };
}

function amountIn(
  { kind, amount, on }: Extract<LineChange, { amount: number }>,
  { start, end }: Period,
  [before, after]: readonly [number, number],
): number {
  if (kind === 'one-off') return start <= on && on <= end ? amount : 0;
  const [left = 0, right = 0] = allocate(amount, [before, after]);
  return kind === 'end' ? left : right;
}

/** Days of a period before a change holds, and from then on. */
function daysAround({ kind, on }: LineChange, { start, end }: Period): readonly [number, number] {
  const days = daysBetween(start, end) + 1;
  const before = daysBetween(start, on) + (kind === 'end' ? 1 : 0);
  const kept = Math.min(days, Math.max(0, before));
  return [kept, days - kept];
}

function faultOf(change: LineChange): EventFault | null {
  const { id, on } = change;
  if (!isIsoDate(on)) return { kind: 'not-a-date', id, date: on };
  if ('amount' in change && !Number.isSafeInteger(change.amount)) return { kind: 'not-an-amount', id };
  if ('factor' in change && !(change.factor > 0 && change.factor < Infinity)) return { kind: 'not-a-factor', id };
  return null;
}
