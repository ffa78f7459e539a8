import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, rank } from '#lib/ui/command/rank.ts';

const found = (query: string, labels: readonly string[]): string[] =>
  rank(query, labels, (label) => label).map(({ item }) => item);

test('the start of the label comes before the start of a word, initials, a part and scattered letters', () => {
  const labels = ['Rectangle cloudy', 'Uncloud', 'Cloud hosting', 'Colour loud', 'Contoso Cloud', 'Network'];
  expect(found('cloud', labels)).toEqual([
    'Cloud hosting',
    'Contoso Cloud',
    'Rectangle cloudy',
    'Uncloud',
    'Colour loud',
  ]);
  expect(found('ch', ['Search', 'Cloud hosting'])).toEqual(['Cloud hosting', 'Search']);
});

test('words are found in any order, and accents and signs do not matter', () => {
  expect(found('hosting cl', ['Cloud hosting'])).toEqual(['Cloud hosting']);
  expect(found('buro', ['Büro & Möbel'])).toEqual(['Büro & Möbel']);
  expect(fold('Büro & Möbel')).toBe('buro mobel');
});

test('nothing typed keeps the given order, and no more than fifty are shown', () => {
  expect(found('', ['b', 'a'])).toEqual(['b', 'a']);
  expect(
    found(
      'v',
      Array.from({ length: 80 }, (_, i) => `vendor ${i}`),
    ),
  ).toHaveLength(50);
});

test('a label is always found by itself and by any of its starts, whatever stands beside it', () => {
  const label = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => fold(text) !== '');
  fc.assert(
    fc.property(label, fc.array(label, { maxLength: 20 }), fc.nat(), (wanted, others, cut) => {
      const start = fold(wanted)
        .slice(0, 1 + (cut % fold(wanted).length))
        .trim();
      const list = rank(start, [...others, wanted], (text) => text);
      expect(list.map(({ item }) => item)).toContain(wanted);
      expect(list.map(({ score }) => score)).toEqual(list.map(({ score }) => score).toSorted((a, b) => b - a));
    }),
  );
});
