/** What a device is called before somebody names it: "Firefox on Android". */
export function deviceName(userAgent: string): string {
  return `${firstOf(BROWSERS, userAgent) ?? 'A browser'} on ${firstOf(SYSTEMS, userAgent) ?? 'a device'}`;
}

/** In this order: most browsers also name the ones they descend from. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrom', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'Mac'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

function firstOf(names: readonly (readonly [string, string])[], userAgent: string): string | undefined {
  return names.find(([mark]) => userAgent.includes(mark))?.[1];
}
