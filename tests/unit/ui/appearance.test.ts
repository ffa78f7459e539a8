import { expect, test } from 'vitest';
import { readAppearance, saveAppearance, type Appearance } from '#lib/ui/appearance.ts';

const box = (text: string | null) => ({ getItem: () => text });

test('what is saved is read again', () => {
  let stored = '';
  const look: Appearance = {
    theme: 'dark',
    density: 'compact',
    railCollapsed: true,
    amountsHidden: true,
    letterKeys: false,
    shellSeen: true,
  };
  saveAppearance({ setItem: (_, text) => (stored = text) }, look);
  expect(readAppearance(box(stored))).toEqual(look);
});

test('nothing, nonsense and strange values give the usual look', () => {
  const usual = {
    theme: 'auto',
    density: 'comfortable',
    railCollapsed: false,
    amountsHidden: false,
    letterKeys: true,
    shellSeen: false,
  };
  for (const text of [null, '', '{', '3', 'null', '{"theme":"pink","density":7}']) {
    expect(readAppearance(box(text))).toEqual(usual);
  }
});
