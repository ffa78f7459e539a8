/** Entries that come again and again for the same amount: rent, subscriptions, support fees. */
import { addDays, dateOfDay, dayNumberOf, daysInMonth, isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { EventFault, EventSupplier, KnownEvent } from './event.ts';

export interface RecurringEntry {
  readonly id: string;
  readonly label: string;
  /** Minor units, each time; below zero for what comes in. */
  readonly amount: number;
  readonly currency: string;
  /** ISO date of the first one; the others follow on its day of the month, or the month's last day where it has no such day. */
  readonly first: string;
  readonly every: { readonly count: number; readonly unit: 'week' | 'month' };
  /** ISO date after which none comes; null while no end is known. */
  readonly last: string | null;
}

/** Recurring entries as known events: what falls on each period by its dates. */
export function recurring(entries: readonly RecurringEntry[]): EventSupplier {
  return (periods) => {
    const events: KnownEvent[] = [];
    for (const entry of entries) {
      const fault = faultOf(entry);
      if (fault !== null) return err(fault);
      const { id, label, currency } = entry;
      events.push({
        id,
        kind: 'recurring',
        label,
        effect: { kind: 'amounts', currency, byPeriod: amountsIn(periods, entry) },
      });
    }
    return ok(events);
  };
}

function amountsIn(periods: readonly Period[], entry: RecurringEntry): Record<string, number> {
  const byPeriod: Record<string, number> = {};
  const end = periods.at(-1)?.end ?? '';
  let at = 0;
  for (let turn = 0; ; turn += 1) {
    const date = dateOf(entry, turn);
    if (date > end || (entry.last !== null && date > entry.last)) return byPeriod;
    while (periods[at]!.end < date) at += 1;
    const { key, start } = periods[at]!;
    if (date >= start) byPeriod[key] = (byPeriod[key] ?? 0) + entry.amount;
  }
}

/** Counted from the first date, so that the 31st is the 31st again after a shorter month. */
function dateOf({ first, every }: RecurringEntry, turn: number): string {
  if (every.unit === 'week') return addDays(first, 7 * every.count * turn);
  const months = Number(first.slice(5, 7)) - 1 + every.count * turn;
  const year = Number(first.slice(0, 4)) + Math.floor(months / 12);
  const month = (months % 12) + 1;
  return dateOfDay(dayNumberOf(year, month, Math.min(Number(first.slice(8)), daysInMonth(year, month))));
}

function faultOf({ id, amount, first, every, last }: RecurringEntry): EventFault | null {
  for (const date of [first, ...(last === null ? [] : [last])]) {
    if (!isIsoDate(date)) return { kind: 'not-a-date', id, date };
  }
  if (last !== null && last < first) return { kind: 'ends-before-it-starts', id };
  if (!Number.isInteger(every.count) || every.count < 1) return { kind: 'not-an-interval', id };
  return Number.isSafeInteger(amount) ? null : { kind: 'not-an-amount', id };
}
