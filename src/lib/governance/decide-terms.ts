/** The terms everything is posted by: the fiscal calendar and exchange rates. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import { currencyOf } from '#lib/domain/money/currency.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Command } from './command.ts';
import type { DecisionEvent } from './event.ts';
import type { Refusal } from './refusal.ts';
import { isSameRate, type Founded } from './state.ts';

type Decided = Result<readonly DecisionEvent[], Refusal>;

/**
 * Entries never move between periods, so once there are any the periods must keep their keys: only the start and the
 * naming of a year of calendar months may still change. (G13)
 */
export function decideCalendar(state: Founded, calendar: FiscalCalendar): Decided {
  const { calendar: present } = state.workspace;
  if (isSame(calendar, present)) return ok([]);
  const keepsKeys = calendar.pattern === 'months' && present.pattern === 'months';
  const inUse = state.postings.size > 0 || state.closed.size > 0;
  if (inUse && !keepsKeys) return err({ kind: 'calendar-in-use' });
  return ok([{ kind: 'calendar-set', calendar }]);
}

/** Rates hold for what is posted from now on; entries keep the rate they were posted at. (G14) */
export function decideRates(state: Founded, command: Extract<Command, { kind: 'set-rates' | 'remove-rate' }>): Decided {
  if (command.kind === 'remove-rate') {
    const { from, to, date } = command;
    if (!state.rates.some((rate) => isSameRate(rate, command))) return err({ kind: 'unknown-rate', from, to, date });
    return ok([{ kind: 'rate-removed', from, to, date }]);
  }
  const unknown = command.rates.flatMap(({ from, to }) => [from, to]).find((code) => !currencyOf(code));
  if (unknown !== undefined) return err({ kind: 'unknown-currency', currency: unknown });
  const fresh = command.rates.filter((rate) => !state.rates.some((present) => isSame(present, rate)));
  return ok(fresh.length === 0 ? [] : [{ kind: 'rates-set', rates: fresh }]);
}

function isSame(a: unknown, b: unknown): boolean {
  return isSameJson(a as JsonValue, b as JsonValue);
}
