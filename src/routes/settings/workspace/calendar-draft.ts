/** A fiscal calendar as a form holds it: every field at once, whichever pattern is chosen. */
import type { FiscalCalendar, WeekCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { Choice } from '#lib/ui/form/choice.ts';

export interface CalendarDraft {
  readonly pattern: FiscalCalendar['pattern'];
  readonly startMonth: string;
  readonly endMonth: string;
  readonly endWeekday: string;
  readonly endRule: WeekCalendar['endRule'];
  readonly namedBy: FiscalCalendar['namedBy'];
}

export function draftOf(calendar: FiscalCalendar): CalendarDraft {
  const { pattern, namedBy } = calendar;
  if (pattern === 'months') {
    const { startMonth } = calendar;
    const endMonth = String(startMonth === 1 ? 12 : startMonth - 1);
    return { pattern, namedBy, startMonth: String(startMonth), endMonth, endWeekday: '6', endRule: 'last' };
  }
  const { endMonth, endWeekday, endRule } = calendar;
  const startMonth = String((endMonth % 12) + 1);
  return { pattern, namedBy, startMonth, endMonth: String(endMonth), endWeekday: String(endWeekday), endRule };
}

export function calendarOf(draft: CalendarDraft): FiscalCalendar {
  const { pattern, namedBy, endRule } = draft;
  if (pattern === 'months') return { pattern, namedBy, startMonth: Number(draft.startMonth) };
  return { pattern, namedBy, endRule, endMonth: Number(draft.endMonth), endWeekday: Number(draft.endWeekday) };
}

export const patternChoices: readonly Choice<CalendarDraft['pattern']>[] = [
  { value: 'months', label: 'Calendar months' },
  { value: '4-4-5', label: 'Weeks, 4-4-5' },
  { value: '4-5-4', label: 'Weeks, 4-5-4' },
  { value: '5-4-4', label: 'Weeks, 5-4-4' },
  { value: '13x4', label: '13 periods of 4 weeks' },
];

export const endRuleChoices: readonly Choice<WeekCalendar['endRule']>[] = [
  { value: 'last', label: 'last of the month' },
  { value: 'nearest', label: 'nearest the month’s end' },
];

export function monthChoices(locale: string): readonly Choice<string>[] {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => ({
    value: String(month + 1),
    label: format.format(Date.UTC(2026, month, 1)),
  }));
}

/** 0 Sunday to 6 Saturday. */
export function weekdayChoices(locale: string): readonly Choice<string>[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // 2 August 2026 is a Sunday.
  return Array.from({ length: 7 }, (_, day) => ({
    value: String(day),
    label: format.format(Date.UTC(2026, 7, 2 + day)),
  }));
}
