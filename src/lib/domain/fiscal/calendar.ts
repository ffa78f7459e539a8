/** How an organisation cuts its years into periods. Dates are ISO `yyyy-mm-dd` text; no time zones anywhere. */
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
