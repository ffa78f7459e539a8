/**
 * What people say of a project's course, as fields of its record: one for each period, so that two people who speak of
 * different months never meet. `2027-03` is how much was complete, `remaining:2027-03` what was left to spend. (D25)
 */
import type { Progress } from '#lib/domain/earned-value/standing.ts';
import { isPeriodKey } from './document-name.ts';

const REMAINING = 'remaining:';

/** The field that says what was left to spend at the end of a period. */
export function remainingField(period: string): string {
  return REMAINING + period;
}

/** The period of such a field's name, or null. */
export function remainingPeriod(field: string): string | null {
  const period = field.startsWith(REMAINING) ? field.slice(REMAINING.length) : '';
  return isPeriodKey(period) ? period : null;
}

/** The progress in a record's stored fields, unread; nothing where nobody said any. */
export function progressFields(fields: Readonly<Record<string, unknown>>): {
  progress?: Record<keyof Progress, unknown>;
} {
  const complete: Record<string, unknown> = {};
  const remaining: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const period = remainingPeriod(name);
    if (isPeriodKey(name)) complete[name] = value;
    else if (period !== null) remaining[period] = value;
  }
  const isNone = Object.keys(complete).length === 0 && Object.keys(remaining).length === 0;
  return isNone ? {} : { progress: { complete, remaining } };
}

export function progressAsFields({ complete, remaining }: Progress): Record<string, number> {
  const left = Object.entries(remaining).map(([period, minor]) => [remainingField(period), minor] as const);
  return { ...complete, ...Object.fromEntries(left) };
}
