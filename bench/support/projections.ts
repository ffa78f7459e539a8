/** Questions to the app's own projection worker, started beside the page's, and a check of its answers by hand. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../scripts/setup.mjs';
import { median } from './app-in-chromium.ts';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly baseAmount: number | null;
  readonly expense: { readonly id: string; readonly vendorId: string | null; readonly kind: string } | null;
  readonly entry: { readonly vendorId: string | null; readonly nature: string } | null;
}

interface ProjectionWorker {
  open(database: string, options: object, onchange: unknown, onfault: unknown): Promise<{ ok: boolean }>;
  settled(): Promise<void>;
  report(query: object): Promise<{ totals: { cost: number; revenue: number; rows: number } }>;
  list(query: object): Promise<{ ids: readonly string[]; totals: { rows: number } }>;
  rowsByIds(ids: readonly string[]): Promise<readonly Row[]>;
}

interface Globals {
  readonly Comlink: { wrap(worker: Worker): ProjectionWorker; proxy(callback: () => void): unknown };
  outlayWorker: ProjectionWorker;
}

export interface Projections {
  /** Milliseconds of one report of month by category by department, asked from the page. */
  timeReport(times: number): Promise<number>;
  rows(): Promise<number>;
  /** Total of a vendor by report, and by adding up each of its rows. */
  vendorTotals(vendor: string): Promise<{ readonly reported: string; readonly added: string }>;
  /** A row of the inbox and a posted one, picked by chance. */
  anyRow(state: string, chance: number): Promise<Row | undefined>;
  settled(): Promise<void>;
}

export async function workspaceDatabase(page: Page): Promise<string> {
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  const found = names.find((name) => name.startsWith('outlay-') && name !== 'outlay-registry');
  if (found === undefined) throw new Error('No workspace on this device.');
  return found;
}

export async function askWorker(page: Page, url: string, database: string): Promise<Projections> {
  await page.addScriptTag({ path: path.join(root, 'node_modules', 'comlink', 'dist', 'umd', 'comlink.js') });
  await page.evaluate(
    async ([workerUrl = '', name = '']) => {
      const globals = globalThis as unknown as Globals;
      const { Comlink } = globals;
      const worker = Comlink.wrap(new Worker(workerUrl, { type: 'module' }));
      const nothing = (): unknown => Comlink.proxy(() => undefined);
      await worker.open(name, { isShared: false }, nothing(), nothing());
      globals.outlayWorker = worker;
    },
    [url, database],
  );
  return {
    async timeReport(times) {
      const taken = await page.evaluate(async (count) => {
        const { outlayWorker } = globalThis as unknown as Globals;
        const durations: number[] = [];
        for (let run = 0; run < count; run += 1) {
          const start = performance.now();
          await outlayWorker.report({ by: ['period', 'category', 'department'], filter: {} });
          durations.push(performance.now() - start);
        }
        return durations;
      }, times);
      return median(taken);
    },
    rows: () =>
      page.evaluate(async () => {
        const { outlayWorker } = globalThis as unknown as Globals;
        return (await outlayWorker.report({ by: ['period'], filter: {} })).totals.rows;
      }),
    vendorTotals: (vendor) =>
      page.evaluate(async (vendorId) => {
        const { outlayWorker } = globalThis as unknown as Globals;
        const { totals } = await outlayWorker.report({ by: ['period'], filter: { values: { vendor: [vendorId] } } });
        let [cost, revenue, count] = [0, 0, 0];
        const sort = { by: 'date', descending: false };
        for (let offset = 0; ; offset += 5000) {
          const { ids } = await outlayWorker.list({ filter: {}, sort, offset, limit: 5000 });
          if (ids.length === 0) break;
          for (const row of await outlayWorker.rowsByIds(ids)) {
            const coded = row.entry ?? row.expense;
            if (coded?.vendorId !== vendorId) continue;
            count += 1;
            const isRevenue = row.entry === null ? row.expense?.kind === 'revenue' : row.entry.nature === 'revenue';
            if (isRevenue) revenue += row.baseAmount ?? 0;
            else cost += row.baseAmount ?? 0;
          }
        }
        return {
          reported: `${totals.cost} ${totals.revenue} ${totals.rows}`,
          added: `${cost} ${revenue} ${count}`,
        };
      }, vendor),
    anyRow: (state, chance) =>
      page.evaluate(
        async ([wanted, share]) => {
          const { outlayWorker } = globalThis as unknown as Globals;
          const filter = { states: [wanted] };
          const sort = { by: 'date', descending: true };
          const { totals } = await outlayWorker.list({ filter, sort, offset: 0, limit: 1 });
          const offset = Math.floor(share * totals.rows);
          const { ids } = await outlayWorker.list({ filter, sort, offset, limit: 1 });
          return (await outlayWorker.rowsByIds(ids))[0];
        },
        [state, chance] as const,
      ),
    settled: () => page.evaluate(() => (globalThis as unknown as Globals).outlayWorker.settled()),
  };
}

/**
 * Changes one row by chance through the app, in a tab of its own, then compares the total of that row's vendor, and of
 * a posted row's, with brute force.
 */
export async function checkAgainstBruteForce(page: Page, appUrl: string, projections: Projections): Promise<boolean> {
  const waiting = await projections.anyRow('unposted', Math.random());
  const posted = await projections.anyRow('posted', Math.random());
  if (waiting?.expense == null || posted?.entry?.vendorId == null) throw new Error('The sample has no such rows.');
  const before = waiting.baseAmount;
  const tab = await page.context().newPage();
  await tab.goto(`${appUrl}/expenses?expense=${waiting.expense.id}`);
  const amount = tab.getByRole('textbox', { name: 'Amount' });
  await amount.fill(`${100 + Math.floor(Math.random() * 90_000)}.37`);
  await amount.press('Tab');
  await page.waitForFunction(
    async ([id, old]) => {
      const { outlayWorker } = globalThis as unknown as Globals;
      const [row] = await outlayWorker.rowsByIds([id]);
      return row !== undefined && row.baseAmount !== old;
    },
    [waiting.id, before] as const,
  );
  await projections.settled();
  await tab.close();
  for (const vendor of [waiting.expense.vendorId, posted.entry.vendorId]) {
    if (vendor === null) continue;
    const { reported, added } = await projections.vendorTotals(vendor);
    if (reported !== added) return false;
  }
  return true;
}
