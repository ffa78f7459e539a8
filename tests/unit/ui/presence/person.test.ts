import { expect, test } from 'vitest';
import { colourOf, initialsOf } from '#lib/ui/presence/person.ts';

test('two letters stand for a name', () => {
  expect(initialsOf('Ana Duarte')).toBe('AD');
  expect(initialsOf('  ines ')).toBe('In');
  expect(initialsOf('Maria del Mar Ruiz')).toBe('MR');
  expect(initialsOf('')).toBe('?');
});

test('a member has the same colour everywhere, one of six', () => {
  expect(colourOf('member-1')).toBe(colourOf('member-1'));
  const colours = new Set(Array.from({ length: 200 }, (_, i) => colourOf(`member-${i}`)));
  expect([...colours].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});
