/** ISO dates as people read them. */

/** '31 Mar 2027' in the notation of a locale. */
export function dateText(date: string, locale: string): string {
  // Both sides in UTC: no clock may turn a day into the one before.
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** Today as an ISO date, by this device's clock and time zone. */
export function today(): string {
  return new Date().toLocaleDateString('sv');
}
