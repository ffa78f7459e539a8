/** A person with a browser of their own and a line to the server that can be cut. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { FlakyNetwork } from '#tests/sync/support/flaky-network.ts';
import type { ServerProcess } from '#tests/support/server-process.ts';
import config from '../../../playwright.config.ts';

interface Device {
  readonly viewport: { width: number; height: number };
  readonly locale?: string;
  readonly isMobile?: boolean;
  readonly hasTouch?: boolean;
  readonly serviceWorkers?: 'allow' | 'block';
}

export class PersonInBrowser {
  readonly network: FlakyNetwork;
  readonly #profile = mkdtempSync(path.join(os.tmpdir(), 'outlay-person-'));
  readonly #device: Device;
  #context: BrowserContext | undefined;

  private constructor(network: FlakyNetwork, device: Device) {
    this.network = network;
    this.#device = device;
  }

  static async at(
    server: Pick<ServerProcess, 'port'>,
    viewport = { width: 2000, height: 1100 },
  ): Promise<PersonInBrowser> {
    return new PersonInBrowser(await FlakyNetwork.to(server.port), { viewport });
  }

  /** With a phone in hand, set to a language. */
  static async withPhone(server: Pick<ServerProcess, 'port'>, locale: string): Promise<PersonInBrowser> {
    const viewport = { width: 390, height: 844 };
    return new PersonInBrowser(await FlakyNetwork.to(server.port), {
      viewport,
      locale,
      isMobile: true,
      hasTouch: true,
    });
  }

  /** In a browser that gives the app no service worker, which lives in the process of some tab and dies with it. */
  static async withoutServiceWorker(server: Pick<ServerProcess, 'port'>): Promise<PersonInBrowser> {
    const viewport = { width: 2000, height: 1100 };
    return new PersonInBrowser(await FlakyNetwork.to(server.port), { viewport, serviceWorkers: 'block' });
  }

  /** The address of the app as this person reaches it. */
  get url(): string {
    return this.network.url;
  }

  /** A new tab, in the browser that is open or a new one with the same profile. */
  async tab(): Promise<Page> {
    this.#context ??= await chromium.launchPersistentContext(this.#profile, {
      ...config.use?.launchOptions,
      serviceWorkers: 'allow',
      ...this.#device,
      acceptDownloads: true,
    });
    return this.#context.newPage();
  }

  /** Somebody who runs a copy of this profile, on the same line: the browser is ended first, and both begin from there. */
  async copy(): Promise<PersonInBrowser> {
    await this.killBrowser();
    const copy = new PersonInBrowser(this.network, this.#device);
    cpSync(this.#profile, copy.#profile, { recursive: true });
    return copy;
  }

  /** The browser's processes end as in a power cut: nothing that was not on disk survives. */
  async powerCut(): Promise<void> {
    const session = await this.#context?.browser()?.newBrowserCDPSession();
    const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
    const closed = this.#context?.waitForEvent('close');
    for (const { id } of processInfo) process.kill(id, 'SIGKILL');
    await closed;
    this.#context = undefined;
  }

  /** The browser is gone without warning; its profile stays. */
  async killBrowser(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async dispose(): Promise<void> {
    await this.killBrowser();
    this.network.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}

/** Waits until this browser can open the app without a server. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

export async function exploreSample(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/welcome`);
  await page.getByRole('button', { name: 'Explore the sample' }).click();
  await page.getByRole('heading', { level: 1, name: /FY\d\d has cost/ }).waitFor({ timeout: 60_000 });
}
