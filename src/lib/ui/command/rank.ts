/** How well a short query fits a label: the order of every list one types into. */

export interface Ranked<T> {
  readonly item: T;
  readonly score: number;
}

/** The `most` best items for a query, best first; equal ones keep their order. An empty query keeps all in order. */
export function rank<T>(
  query: string,
  items: readonly T[],
  textOf: (item: T) => string,
  most = 50,
): readonly Ranked<T>[] {
  const wanted = fold(query);
  if (wanted === '') return items.slice(0, most).map((item) => ({ item, score: 0 }));
  const fitting: Ranked<T>[] = [];
  for (const item of items) {
    const score = fit(wanted, fold(textOf(item)));
    if (score > 0) fitting.push({ item, score });
  }
  return fitting.sort((a, b) => b.score - a.score).slice(0, most);
}

/**
 * 0 when it does not fit, else higher for a closer fit: the whole label, its start, the start of a word, the initials of
 * its words, any part, and last its letters in order. Shorter labels come before longer ones of the same kind.
 */
function fit(wanted: string, label: string): number {
  if (label === wanted) return 7;
  const shortness = 1 / (1 + label.length);
  if (label.startsWith(wanted)) return 6 + shortness;
  if (label.includes(` ${wanted}`)) return 5 + shortness;
  const words = label.split(' ');
  if (wanted.split(' ').every((part) => words.some((word) => word.startsWith(part)))) return 4 + shortness;
  if (
    wanted.length > 1 &&
    words
      .map((word) => word.charAt(0))
      .join('')
      .startsWith(wanted)
  )
    return 3 + shortness;
  if (label.includes(wanted)) return 2 + shortness;
  return wanted.length > 2 && lettersInOrder(wanted, label) ? 1 + shortness : 0;
}

/** Lower case without accents, with every run of other signs as one space. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function lettersInOrder(wanted: string, label: string): boolean {
  let at = -1;
  for (const letter of wanted) {
    if (letter === ' ') continue;
    at = label.indexOf(letter, at + 1);
    if (at === -1) return false;
  }
  return true;
}
