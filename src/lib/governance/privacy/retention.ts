/** Until when what is about an erased person stays. (E4) */

/** The same day and time, so many years later. */
export function yearsAfter(instant: string, years: number): string {
  const date = new Date(instant);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString();
}
