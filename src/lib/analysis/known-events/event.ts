/** What is known to fall on a line, to the minor unit: it is scheduled, never guessed. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { nextPeriod, periodByKey, periodOf, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';

export interface KnownEvent {
  /** Of what it comes from: a recurring entry, a change of a line. */
  readonly id: string;
  readonly kind: 'recurring' | 'price-step' | 'start' | 'end' | 'one-off';
  /** What a person calls it. */
  readonly label: string;
  readonly effect: Effect;
}

type Effect =
  /** Exact amounts in whole minor units; a period that is absent is zero. */
  | { readonly kind: 'amounts'; readonly currency: string; readonly byPeriod: ByPeriod }
  /** What everything that is not such an amount is multiplied by; a period that is absent is 1. */
  | { readonly kind: 'factor'; readonly byPeriod: ByPeriod };

type ByPeriod = Readonly<Record<PeriodKey, number>>;

/**
 * Where known events come from. A supplier says what falls into the periods it is asked for, those behind us too: what
 * it explains there is no longer guessed from. Periods are those of the fiscal calendar, in order.
 */
export type EventSupplier = (periods: readonly Period[]) => Result<readonly KnownEvent[], EventFault>;

export type EventFault =
  | { readonly kind: 'not-a-date'; readonly id: string; readonly date: string }
  | { readonly kind: 'ends-before-it-starts'; readonly id: string }
  | { readonly kind: 'not-an-interval'; readonly id: string }
  | { readonly kind: 'not-an-amount'; readonly id: string }
  | { readonly kind: 'not-a-factor'; readonly id: string }
  | { readonly kind: 'other-currency'; readonly id: string; readonly currency: string; readonly expected: string };

/** The events of all suppliers, in their order; the first fault where one has one. */
export function knownEvents(
  suppliers: readonly EventSupplier[],
  periods: readonly Period[],
): Result<readonly KnownEvent[], EventFault> {
  const events: KnownEvent[] = [];
  for (const supply of suppliers) {
    const supplied = supply(periods);
    if (!supplied.ok) return supplied;
    events.push(...supplied.value);
  }
  return ok(events);
}

/** What the events of a line come to, one figure for each period asked about. */
export interface Schedule {
  /** Whole minor units. */
  readonly amounts: Float64Array;
  readonly factors: Float64Array;
}

/**
 * Adds events up over the periods of a series, which may be quarters: amounts of the calendar's periods within are
 * added, factors averaged. Amounts are never multiplied by a factor.
 */
export function scheduleOf(
  events: readonly KnownEvent[],
  periods: readonly Period[],
  calendar: FiscalCalendar,
  currency: string,
): Result<Schedule, EventFault> {
  const keys = periods.map((period) => keysWithin(period, calendar));
  const amounts = new Float64Array(periods.length);
  const factors = new Float64Array(periods.length).fill(1);
  for (const { id, effect } of events) {
    if (effect.kind === 'amounts' && effect.currency !== currency) {
      return err({ kind: 'other-currency', id, currency: effect.currency, expected: currency });
    }
    for (const [at, within] of keys.entries()) {
      const figures = within.map((key) => effect.byPeriod[key] ?? (effect.kind === 'factor' ? 1 : 0));
      const sum = figures.reduce((total, figure) => total + figure, 0);
      if (effect.kind === 'factor') factors[at]! *= sum / figures.length;
      else amounts[at]! += sum;
      if (!Number.isSafeInteger(amounts[at])) return err({ kind: 'not-an-amount', id });
      if (!(factors[at]! >= 0 && factors[at]! < Infinity)) return err({ kind: 'not-a-factor', id });
    }
  }
  return ok({ amounts, factors });
}

/** The history without amounts, in prices before any factor. What a line that has ended left is nothing. (KE5) */
export function residualOf(values: Float64Array, { amounts, factors }: Schedule): Float64Array {
  return values.map((value, at) => (factors[at] === 0 ? 0 : (value - amounts[at]!) / factors[at]!));
}

/** The calendar's periods from one day to another, both included: what suppliers are asked about. */
export function calendarPeriods(calendar: FiscalCalendar, start: string, end: string): Period[] {
  const periods = [periodOf(calendar, start)];
  for (let last = periods[0]!; last.end < end; periods.push(last)) last = nextPeriod(calendar, last);
  return periods;
}

function keysWithin(period: Period, calendar: FiscalCalendar): PeriodKey[] {
  const first = periodByKey(calendar, period.key);
  assert(first !== undefined, `${period.key} is not a period of this calendar`);
  return first.end === period.end
    ? [period.key]
    : calendarPeriods(calendar, period.start, period.end).map(({ key }) => key);
}
