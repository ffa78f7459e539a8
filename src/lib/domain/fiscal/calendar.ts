/** How an organisation cuts its years into periods. Dates are ISO `yyyy-mm-dd` text; no time zones anywhere. (F3) */
export type FiscalCalendar = MonthCalendar | WeekCalendar;

export interface MonthCalendar {
  readonly pattern: 'months';
  /** 1 to 12: the month in which the fiscal year starts. */
  readonly startMonth: number;
  /** Whether FY27 is named after the calendar year it starts or ends in. */
  readonly namedBy: 'start' | 'end';
}

export interface WeekCalendar {
  readonly pattern: '4-4-5' | '4-5-4' | '5-4-4' | '13x4';
  /** The month (1 to 12) and weekday (0 Sunday to 6 Saturday) that the fiscal year ends on. */
  readonly endMonth: number;
  readonly endWeekday: number;
  /** `last`: the last such weekday of the month; `nearest`: the one nearest the month's end. */
  readonly endRule: 'last' | 'nearest';
  readonly namedBy: 'start' | 'end';
}

/** Weeks of the periods of a 52-week year. A 53rd week joins the last period. (F7) */
export const weekPatterns: Readonly<Record<WeekCalendar['pattern'], readonly number[]>> = {
  '4-4-5': [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5],
  '4-5-4': [4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4],
  '5-4-4': [5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4],
  '13x4': [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
};

/** Whether something from outside is a fiscal calendar. */
export function isFiscalCalendar(value: unknown): value is FiscalCalendar {
  if (typeof value !== 'object' || value === null) return false;
  const calendar = value as Record<string, unknown>;
  if (calendar['namedBy'] !== 'start' && calendar['namedBy'] !== 'end') return false;
  if (calendar['pattern'] === 'months') return isWithin(calendar['startMonth'], 1, 12);
  return (
    typeof calendar['pattern'] === 'string' &&
    Object.hasOwn(weekPatterns, calendar['pattern']) &&
    isWithin(calendar['endMonth'], 1, 12) &&
    isWithin(calendar['endWeekday'], 0, 6) &&
    (calendar['endRule'] === 'last' || calendar['endRule'] === 'nearest')
  );
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
