/** What was shared to the installed app: the service worker keeps it in a cache until a page has taken it. */

/** static/share-target.js writes under these names. */
const CACHE = 'outlay-shared';
const NAME_HEADER = 'X-File-Name';

export interface SharedFile {
  readonly key: string;
  readonly file: File;
}

export async function sharedFiles(): Promise<readonly SharedFile[]> {
  if (!(await caches.has(CACHE))) return [];
  const cache = await caches.open(CACHE);
  const found: SharedFile[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (response === undefined) continue;
    const type = response.headers.get('Content-Type') ?? '';
    const name = decodeURIComponent(response.headers.get(NAME_HEADER) ?? 'shared');
    found.push({ key: request.url, file: new File([await response.blob()], name, { type }) });
  }
  return found;
}

/** It stands somewhere else now: the cache lets go of it. */
export async function sharedFileTaken({ key }: SharedFile): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.delete(key);
}
