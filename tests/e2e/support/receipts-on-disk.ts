/** Receipts as they stand in the only workspace of a browser. */
import type { Page } from '@playwright/test';

export interface ReceiptOnDisk {
  readonly type: string;
  readonly size: number;
  readonly hasThumbnail: boolean;
}

export function receiptsOnDisk(page: Page): Promise<readonly ReceiptOnDisk[]> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
      });
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const database = await settled(indexedDB.open(names.find((each) => each.startsWith('outlay-device-')) ?? ''));
    const all = (await settled(database.transaction('receipts').objectStore('receipts').getAll())) as {
      type: string;
      size: number;
      thumbnail: unknown;
    }[];
    database.close();
    return all.map(({ type, size, thumbnail }) => ({ type, size, hasThumbnail: thumbnail !== null }));
  });
}
