/**
 * Lines that are zero most of the time: the size of what comes and the chance that it comes are smoothed apart.
 *
 * Sources: J. D. Croston, Operational Research Quarterly 23 (1972); the correction of its bias by A. A. Syntetos and
 * J. E. Boylan, International Journal of Forecasting 21 (2005); R. H. Teunter, A. A. Syntetos, M. Z. Babai, European
 * Journal of Operational Research 214 (2011), whose method also forgets a line that has stopped.
 */

/** From this share of zeros on a history is treated as intermittent. */
const MANY_ZEROS = 0.4;

export function isIntermittent(history: Float64Array): boolean {
  if (history.some((value) => value < 0)) return false;
  const zeros = history.reduce((count, value) => (value === 0 ? count + 1 : count), 0);
  return zeros < history.length && zeros / history.length > MANY_ZEROS;
}

/** The mean per period after Croston, with the correction of Syntetos and Boylan. */
export function croston(history: Float64Array, smoothing = 0.1): number {
  let size = NaN;
  let gap = NaN;
  let since = 1;
  for (const value of history) {
    if (value === 0) {
      since += 1;
      continue;
    }
    size = Number.isNaN(size) ? value : size + smoothing * (value - size);
    gap = Number.isNaN(gap) ? since : gap + smoothing * (since - gap);
    since = 1;
  }
  return Number.isNaN(size) ? 0 : ((1 - smoothing / 2) * size) / gap;
}

/** The mean per period after Teunter, Syntetos and Babai: the chance falls with every period without anything. */
export function teunter(history: Float64Array, smoothing = 0.1, forgetting = 0.1): number {
  const first = history.findIndex((value) => value !== 0);
  if (first < 0) return 0;
  const busy = history.reduce((count, value) => (value === 0 ? count : count + 1), 0);
  let size = history[first]!;
  let chance = busy / history.length;
  for (const value of history) {
    if (value !== 0) size += smoothing * (value - size);
    chance += forgetting * ((value === 0 ? 0 : 1) - chance);
  }
  return size * chance;
}
