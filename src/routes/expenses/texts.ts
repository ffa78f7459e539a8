/** Dates and counts as the pages about expenses write them. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** '14 Nov', with the year where it is not this one; for an ISO date. */
export function shortDate(date: string, locale: string, today: string): string {
  const isThisYear = date.slice(0, 4) === today.slice(0, 4);
  const parts = { day: 'numeric', month: 'short' } as const;
  return formatOf(locale, isThisYear ? parts : { ...parts, year: '2-digit' }).format(dayOf(date));
}

/** '14 November 2026'. */
export function longDate(date: string, locale: string): string {
  return formatOf(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(dayOf(date));
}

/** When something was done, by this device's time zone: '14 Nov 2026, 10:42'. */
export function moment(instant: string, locale: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return at.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Today as an ISO date, by this device's clock and time zone. */
export function today(): string {
  return new Date().toLocaleDateString('sv');
}

/** '1,204' in the notation of a locale. */
export function countText(count: number, locale: string): string {
  return count.toLocaleString(locale);
}

/** Both sides in UTC: no clock may turn a day into the one before. */
function dayOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function formatOf(locale: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(parts)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' });
  formats.set(key, known);
  return known;
}
