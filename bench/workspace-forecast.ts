/**
 * Forecasts the series of a workspace in real Chromium, by the app's own workers, while a page goes on drawing.
 *
 *   node bench/workspace-forecast.ts --series 500 --workers 2
 *
 * Tasks are those of the page's main thread as Chromium traces them, from the question to the last answer and once more
 * from memory.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { FLAGS, print, round } from './support/app-in-chromium.ts';
import { longestTask } from './support/longest-task.ts';

const { values } = parseArgs({
  options: { series: { type: 'string', default: '500' }, workers: { type: 'string', default: '2' } },
});
const [series, workers] = [Number(values.series), Number(values.workers)];
if (!Number.isInteger(series) || series < 1) fail('--series takes a whole number from 1 on.');
if (!Number.isInteger(workers) || workers < 1 || workers > 16) fail('--workers takes 1 to 16.');

const root = path.join(import.meta.dirname, 'support', 'workspace-forecast');
const outDir = mkdtempSync(path.join(os.tmpdir(), 'outlay-forecast-'));
const quiet = { configFile: false, logLevel: 'error', root } as const;
await build({ ...quiet, worker: { format: 'es' }, build: { outDir, emptyOutDir: true, target: 'es2023' } });
const server = await preview({ ...quiet, build: { outDir }, preview: { port: 0, host: 'localhost' } });
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });
try {
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? fail('The page is not served.'));
  await page.evaluate((count) => window.prepare(count), series);
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  const run = await page.evaluate((count) => window.run(count), workers);
  const longest = longestTask(await browser.stopTracing());
  if (run.failures > 0) throw new Error(`${run.failures} of ${run.series} series have no forecast.`);
  print({
    series: run.series,
    workers,
    wallMs: round(run.wallMs),
    longestTaskMs: round(longest.ms),
    longestTaskCpuMs: round(longest.cpuMs),
    longestFrameMs: round(run.longestFrameMs),
    framesPerSecond: round(run.framesPerSecond),
    againMs: round(run.againMs),
    againRemembered: run.againRemembered,
  });
} finally {
  await browser.close();
  await server.close();
  rmSync(outDir, { recursive: true, force: true });
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
