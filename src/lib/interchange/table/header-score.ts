/** How clearly a header says one of several phrases. (X6) */

/**
 * 100 and less for a header that is one of the phrases (the clearest first), 90 and less for one misspelt, 70 and less
 * for one that holds a phrase among other words; 0 for none, -1 where one of the `strange` words says it means another thing.
 */
export function headerScore(header: string, phrases: readonly string[], strange?: ReadonlySet<string>): number {
  const exact = phrases.indexOf(header);
  if (exact !== -1) return 100 - exact / 4;
  if (header === '') return 0;
  const misspelt = phrases.findIndex((phrase) => isMisspelt(header, phrase));
  if (misspelt !== -1) return 90 - misspelt / 4;
  const tokens = header.split(' ');
  if (strange !== undefined && tokens.some((token) => strange.has(token))) return -1;
  const held = phrases.findIndex((phrase) => phrase.length > 3 && ` ${header} `.includes(` ${phrase} `));
  return held === -1 ? 0 : 70 - held / 4 - 3 * tokens.length;
}

/** One letter off in a word of six or more, two in twelve or more. */
function isMisspelt(header: string, phrase: string): boolean {
  const allowed = phrase.length >= 12 ? 2 : phrase.length >= 6 ? 1 : 0;
  if (allowed === 0 || Math.abs(header.length - phrase.length) > allowed) return false;
  return editDistance(header, phrase) <= allowed;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substituted, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
