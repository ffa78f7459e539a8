/**
 * The Overview over a large ledger, offline: first paint against that of an empty shell, time until it can be used, a
 * report of month by category by department, and memory. Then one row is changed and a filtered total is compared with
 * adding the rows up one by one.
 *
 *   node bench/ledger.ts --rows 100000
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { exploreSample, median, openApp, print, projectionWorkerUrl, round } from './support/app-in-chromium.ts';
import { heapMB } from './support/heap.ts';
import { askWorker, checkAgainstBruteForce, workspaceDatabase } from './support/projections.ts';
import { startEmptyShell } from './support/empty-shell.ts';

const RUNS = 7;

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' } } });
const rows = Number(values.rows);
if (!Number.isInteger(rows) || rows < 100) throw new Error('--rows takes a whole number from 100 on.');

const app = await openApp();
const shell = await startEmptyShell();
try {
  await exploreSample(app, { rows });
  await app.page.evaluate(() => navigator.serviceWorker.ready);
  await app.page.goto(shell.url);
  await app.page.evaluate(() => navigator.serviceWorker.ready);
  await app.server.stop();
  await shell.stop();

  const [shellPaints, firstPaints, figurePaints, usables]: number[][] = [[], [], [], []];
  for (let run = 0; run < RUNS + 1; run += 1) {
    const empty = await paintOf(shell.url);
    const opened = await openOverview();
    // The first run warms caches and is not counted.
    if (run === 0) continue;
    shellPaints?.push(empty);
    firstPaints?.push(opened.firstPaintMs);
    figurePaints?.push(opened.figuresMs);
    usables?.push(opened.usableMs);
  }

  const { page } = app;
  await page.goto(app.server.url);
  await page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor();
  const heap = await heapMB(page);
  const database = await workspaceDatabase(page);
  const worker = await askWorker(page, projectionWorkerUrl(), database);
  const reportMs = await worker.timeReport(RUNS * 3);
  const counted = await worker.rows();
  const checked = await checkAgainstBruteForce(page, app.server.url, worker);
  print({
    rows: counted,
    shellPaintMs: round(median(shellPaints ?? [])),
    firstPaintMs: round(median(firstPaints ?? [])),
    figuresPaintMs: round(median(figurePaints ?? [])),
    usableMs: round(median(usables ?? [])),
    reportMs: round(reportMs, 2),
    heapMB: round(heap),
    checked,
  });
} finally {
  await app.close();
  await shell.stop();
}

async function paintOf(url: string): Promise<number> {
  const page = await app.context.newPage();
  await page.goto(url);
  const paint = await firstContentfulPaint(page);
  await page.close();
  return paint;
}

interface Opening {
  readonly firstPaintMs: number;
  /** Until the headline says real figures. */
  readonly figuresMs: number;
  /** Until the page also answers: reference data and totals have come from the worker. */
  readonly usableMs: number;
}

async function openOverview(): Promise<Opening> {
  const page = await app.context.newPage();
  await page.addInitScript(() => {
    const seen: Record<string, number> = {};
    Object.assign(globalThis, { outlaySeen: seen });
    const look = (): void => {
      const heading = document.querySelector('h1')?.textContent ?? '';
      if (/FY\d\d has cost/.test(heading)) seen['figures'] ??= performance.now();
      const ready = document.querySelectorAll('main table tbody tr').length > 3 && document.title.includes('·');
      if (seen['figures'] !== undefined && ready) seen['usable'] ??= performance.now();
      if (seen['usable'] === undefined) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(app.server.url);
  await page.waitForFunction(() => (globalThis as unknown as Seen).outlaySeen['usable'] !== undefined);
  const seen = await page.evaluate(() => (globalThis as unknown as Seen).outlaySeen);
  const firstPaintMs = await firstContentfulPaint(page);
  await page.close();
  return { firstPaintMs, figuresMs: seen['figures'] ?? NaN, usableMs: seen['usable'] ?? NaN };
}

interface Seen {
  readonly outlaySeen: Readonly<Record<string, number | undefined>>;
}

async function firstContentfulPaint(page: Page): Promise<number> {
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
}
