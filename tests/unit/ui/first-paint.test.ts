import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const html = readFileSync('src/app.html', 'utf8');
const tokens = readFileSync('src/lib/ui/styles/tokens.css', 'utf8');
const critical = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';

test('the critical styles of the first paint stay within 4 kB', () => {
  expect(critical).not.toBe('');
  expect(critical.replaceAll(/\s+/g, ' ').length).toBeLessThanOrEqual(4096);
});

test('the first paint uses the sizes and colours of the tokens', () => {
  const value = (name: string): string => new RegExp(`--${name}: ([^;]+);`).exec(tokens)?.[1] ?? 'missing';
  for (const name of ['bg', 'subtle', 'text', 'accent', 'hairline', 'rail-wide', 'rail-narrow', 'bar', 'gutter']) {
    expect(critical, name).toContain(value(name));
  }
});

test('the frame makes way for any page by styles alone, and says so when starting takes long', () => {
  expect(critical).toMatch(/body:has\(main\) #frame\s*{\s*display: none;/);
  expect(html).toContain('What you saved is safe.');
});

test('nothing holds the frame back: style sheets and scripts of the app stand behind it', () => {
  const behind = html.indexOf('<div id="frame">');
  expect(behind).toBeGreaterThan(0);
  expect(html.indexOf('%sveltekit.head%')).toBeGreaterThan(behind);
  expect(html.slice(0, behind)).not.toMatch(/rel="stylesheet"|<script src/);
});

test('every picture that the manifest and the page name exists, at a hashed address in the manifest', () => {
  const text = readFileSync('static/manifest.webmanifest', 'utf8');
  const icons = [...text.matchAll(/"\/icons\/([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(icons).toHaveLength(4);
  for (const icon of icons) {
    expect(icon).toMatch(/\.[0-9a-f]{8}\.png$/);
    expect(existsSync(`static/icons/${icon}`), icon).toBe(true);
  }
  for (const [, path] of html.matchAll(/href="\/([^"]+)"/g))
    expect(existsSync(`static/${path ?? ''}`), path).toBe(true);
});

test('all styles of the shell are within 6 kB when compressed', () => {
  const parts = ['reset', 'tokens', 'base', 'components', 'utilities', 'print'];
  const css = parts.map((part) => readFileSync(`src/lib/ui/styles/${part}.css`, 'utf8')).join('');
  expect(gzipSync(css).length).toBeLessThanOrEqual(6 * 1024);
});
