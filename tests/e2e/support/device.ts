/** What stands on a device, read as it is stored: the app's own word is not taken for it. */
import type { Page } from '@playwright/test';

interface RowOnDisk {
  readonly number: number;
  readonly document: string;
  readonly state: 'unacknowledged' | 'durable' | 'rejected';
}

export interface OnDisk {
  /** Update rows in the order of arrival; durable ones may have been merged. */
  readonly rows: readonly RowOnDisk[];
  /** By document, how many rows of the server's log are here. */
  readonly cursors: Readonly<Record<string, number>>;
}

/** What the only workspace in this browser has on disk. */
export function onDisk(page: Page): Promise<OnDisk> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
      });
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const database = await settled(indexedDB.open(names.find((each) => each.startsWith('outlay-device-')) ?? ''));
    const read = database.transaction(['updates', 'documents']);
    const [rows, documents] = await Promise.all([
      settled(read.objectStore('updates').getAll()) as Promise<RowOnDisk[]>,
      settled(read.objectStore('documents').getAll()) as Promise<{ name: string; cursor: number }[]>,
    ]);
    database.close();
    return {
      rows: rows.map(({ number, document, state }) => ({ number, document, state })),
      cursors: Object.fromEntries(documents.map(({ name, cursor }) => [name, cursor])),
    };
  });
}

/** How many rows the server has numbered in the plan's documents, as far as this device knows. */
export async function numbered(page: Page): Promise<number> {
  const { cursors } = await onDisk(page);
  return Object.entries(cursors).reduce((sum, [name, cursor]) => sum + (name.startsWith('plan/') ? cursor : 0), 0);
}

/** Flips one bit in the middle of a stored row's bytes; everything else of the row stays. */
export async function flipBit(page: Page, number: number): Promise<void> {
  await page.evaluate(async (key) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
      });
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const name = names.find((each) => each.startsWith('outlay-device-')) ?? '';
    const database = await settled(indexedDB.open(name));
    const updates = database.transaction('updates', 'readwrite').objectStore('updates');
    const row = (await settled(updates.get(key))) as { bytes: Uint8Array };
    const middle = row.bytes.length >> 1;
    row.bytes[middle] = (row.bytes[middle] ?? 0) ^ 4;
    await settled(updates.put(row));
    database.close();
  }, number);
}

/** The tab's process dies: no `pagehide`, nothing that was not on disk survives. */
export async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

/**
 * Stops the tab's process as a device's system does with one that nobody looks at: no script of it runs, its workers
 * neither, and whatever it holds it goes on holding. What is given back lets it go on.
 */
export async function freeze(page: Page): Promise<() => void> {
  const pid = await processOf(page);
  process.kill(pid, 'SIGSTOP');
  return () => process.kill(pid, 'SIGCONT');
}

/** The process a tab runs in: the one that works while its script does. */
async function processOf(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('a browser of its own');
  const timesById = async (): Promise<Map<number, number>> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await timesById();
  await page.evaluate(() => {
    for (const until = performance.now() + 500; performance.now() < until;);
  });
  const worked = [...(await timesById())].map(([id, time]) => ({ id, time: time - (before.get(id) ?? 0) }));
  await session.detach();
  return worked.sort((a, b) => b.time - a.time)[0]?.id ?? 0;
}
