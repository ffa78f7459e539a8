/** Short words for thousands, millions and billions (10^9) behind a figure, in any case: `12k`, `1.5m`, `3 Mio. €`. (M17) */
const powers: Readonly<Record<string, number>> = { k: 3, m: 6, mn: 6, mln: 6, mio: 6, b: 9, bn: 9, mrd: 9 };

/** The ways to take a magnitude off the front of a word, longest first: its power of ten and what follows it. */
export function magnitudesOf(word: string): { readonly power: number; readonly rest: string }[] {
  return [3, 2, 1].flatMap((length) => {
    const power = powers[word.slice(0, length).toLowerCase()];
    return power === undefined || word.length < length
      ? []
      : [{ power, rest: word.slice(length).replace(/^\.?\s*/, '') }];
  });
}
