/**
 * The budget grid at work: how long keys take in script and to the next paint, how many nodes stand in the page, and
 * how long a large paste is handled.
 *
 *   node bench/grid.ts --lines 5000 --months 14 --throttle 1
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { exploreSample, openApp, print, quantile, round } from './support/app-in-chromium.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '5000' },
    months: { type: 'string', default: '14' },
    throttle: { type: 'string', default: '1' },
  },
});
const [lines, months, throttle] = [Number(values.lines), Number(values.months), Number(values.throttle)];
if (!Number.isInteger(lines) || lines < 1) throw new Error('--lines takes a whole number from 1 on.');
if (!(throttle >= 1)) throw new Error('--throttle takes a number from 1 on.');

const app = await openApp();
try {
  await exploreSample(app, { lines });
  const { page } = app;
  await page.goto(`${app.server.url}/budget`);
  const grid = page.getByRole('treegrid');
  await grid.waitFor();
  await page.waitForFunction(
    (count) => Number(document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount')) > count,
    lines,
  );
  await watchKeys(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');

  const arrows = await pressAll(
    page,
    Array.from({ length: 60 }, (_, at) => (at % 6 === 5 ? 'ArrowRight' : at % 12 < 6 ? 'ArrowDown' : 'ArrowUp')),
  );
  const commits = await pressAll(page, Array.from({ length: 30 }, () => ['4', '2', 'Enter']).flat());
  const domNodes = await page.evaluate(() => document.querySelectorAll('*').length);
  const pasteMs = await paste(page, Math.min(lines, 2000), Math.min(months, 12));
  print({
    lines,
    months: 12,
    throttle,
    keyScriptP95Ms: round(quantile([...arrows.script, ...commits.script], 0.95)),
    arrowPaintP95Ms: round(quantile(arrows.paint, 0.95)),
    commitPaintP95Ms: round(quantile(commits.paint, 0.95)),
    domNodes,
    pasteMs: round(pasteMs),
  });
} finally {
  await app.close();
}

interface Watched {
  readonly outlayKeys: { script: number; paint: number }[];
}

/** Event Timing reports only what takes 16 ms or more; a wrapped pair of listeners and two frames tell of every key. */
async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const keys: { script: number; paint: number }[] = [];
    Object.assign(globalThis, { outlayKeys: keys });
    addEventListener(
      'keydown',
      () => {
        const start = performance.now();
        const key = { script: 0, paint: 0 };
        keys.push(key);
        // A microtask of a listener on the way back runs after the page's own handlers.
        setTimeout(() => (key.script ||= performance.now() - start));
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => (key.paint = performance.now() - start);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
}

async function pressAll(page: Page, names: readonly string[]): Promise<{ script: number[]; paint: number[] }> {
  await page.evaluate(() => (globalThis as unknown as Watched).outlayKeys.splice(0));
  for (const name of names) {
    await page.keyboard.press(name);
    await page.waitForTimeout(25);
  }
  const keys = await page.evaluate(() => (globalThis as unknown as Watched).outlayKeys);
  return { script: keys.map(({ script }) => script), paint: keys.map(({ paint }) => paint) };
}

/** Milliseconds that handling a paste of so many rows and columns keeps the page busy. */
async function paste(page: Page, rows: number, columns: number): Promise<number> {
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  return page.evaluate(
    ([down = 1, across = 1]) => {
      const text = Array.from({ length: down }, (_, row) =>
        Array.from({ length: across }, (_each, column) => String(100 + ((row * 7 + column) % 900))).join('\t'),
      ).join('\n');
      const data = new DataTransfer();
      data.setData('text/plain', text);
      const target = document.querySelector('[role=treegrid]');
      const start = performance.now();
      target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      return performance.now() - start;
    },
    [rows, columns],
  );
}
