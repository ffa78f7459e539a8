/** The built app in real Chromium against the real server, for the programs that measure it. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { ensureBuild, root } from '../../scripts/setup.mjs';
import { ServerProcess } from '../../tests/support/server-process.ts';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface AppInChromium {
  readonly server: ServerProcess;
  readonly context: BrowserContext;
  readonly page: Page;
  close(): Promise<void>;
}

export async function openApp(viewport = { width: 1440, height: 900 }): Promise<AppInChromium> {
  ensureBuild();
  const server = await ServerProcess.start();
  const profile = mkdtempSync(path.join(os.tmpdir(), 'outlay-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: FLAGS,
    viewport,
    // What measures speaks to the app's worker from a script of its own.
    bypassCSP: true,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    server,
    context,
    page,
    close: async () => {
      await context.close();
      await server.dispose();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Makes the sample workspace, with so many budget lines and expenses, and waits until all of it is projected. */
export async function exploreSample(
  { page, server }: Pick<AppInChromium, 'page' | 'server'>,
  volume: { readonly lines?: number; readonly rows?: number } = {},
): Promise<void> {
  const query = new URLSearchParams();
  if (volume.lines !== undefined) query.set('scale', String(volume.lines));
  if (volume.rows !== undefined) query.set('rows', String(volume.rows));
  await page.goto(`${server.url}/welcome?${query.toString()}`);
  await page.getByRole('button', { name: 'Explore the sample' }).click();
  await page.waitForURL((url) => url.pathname === '/', { timeout: 30 * 60_000 });
  await page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor({ timeout: 30 * 60_000 });
}

/** Address of the built projection worker. */
export function projectionWorkerUrl(): string {
  const folder = path.join(root, 'build', '_app', 'immutable', 'workers');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const name = names.find((each) => /^projection\.worker-.*\.js$/.test(each));
  if (name === undefined) throw new Error('The build has no projection worker.');
  return `/_app/immutable/workers/${name}`;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

export function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
