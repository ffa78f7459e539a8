import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrast, distance, seenWith, type Vision } from '#tests/support/colour-vision.ts';

const css = readFileSync('src/lib/ui/styles/tokens.css', 'utf8');
const token = (name: string, theme: 'light' | 'dark'): string => {
  const match = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const colour = match?.[theme === 'light' ? 1 : 2];
  if (colour === undefined) throw new Error(`tokens.css has no colour ${name}`);
  return colour;
};

const visions: readonly Vision[] = ['normal', 'deuteranopia', 'protanopia', 'tritanopia'];
const themes = ['light', 'dark'] as const;
const series = [1, 2, 3, 4, 5, 6].map((at) => `series-${at}`);
const pairs = series.flatMap((a, at) => series.slice(at + 1).map((b) => [a, b] as const));

const smallest = (theme: 'light' | 'dark'): number =>
  Math.min(
    ...visions.flatMap((vision) =>
      pairs.map(([a, b]) => distance(seenWith(vision, token(a, theme)), seenWith(vision, token(b, theme)))),
    ),
  );

test('every two of the six series stay apart in normal, deutan, protan and tritan vision', () => {
  expect(smallest('light')).toBeCloseTo(17.3, 1);
  expect(smallest('dark')).toBeCloseTo(15.9, 1);
});

test.each(themes)('every series is seen against the %s page, at 3 to 1 and more', (theme) => {
  for (const name of [...series, 'actual']) {
    expect(contrast(token(name, theme), token('bg', theme)), name).toBeGreaterThanOrEqual(3);
  }
});

test('over and under plan are told apart with every kind of sight, where red and green are not', () => {
  for (const theme of themes) {
    for (const vision of visions) {
      const [over, under] = [seenWith(vision, token('over', theme)), seenWith(vision, token('under', theme))];
      expect(distance(over, under), `${theme} ${vision}`).toBeGreaterThan(15);
    }
  }
  const [red, green] = [seenWith('deuteranopia', '#b3261e'), seenWith('deuteranopia', '#0b6b45')];
  expect(distance(red, green)).toBeLessThan(10);
});

test.each(themes)('text and signs can be read on every ground of the %s theme', (theme) => {
  for (const ground of ['bg', 'subtle', 'raised']) {
    const on = (name: string): number => contrast(token(name, theme), token(ground, theme));
    for (const name of ['text', 'muted', 'accent', 'danger', 'ok', 'warning', 'over', 'under']) {
      expect(on(name), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(on('control-border'), `control-border on ${ground}`).toBeGreaterThanOrEqual(3);
  }
  expect(contrast(token('on-accent', theme), token('accent', theme))).toBeGreaterThanOrEqual(4.5);
  expect(contrast(token('on-danger', theme), token('danger', theme))).toBeGreaterThanOrEqual(4.5);
});
