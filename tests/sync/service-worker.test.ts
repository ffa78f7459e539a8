/** A PWA build fails silently: the app works, and never without a server. So what was built is looked at. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ensureBuild, root } from '../../scripts/setup.mjs';

const build = path.join(root, 'build');

beforeAll(() => ensureBuild(), 10 * 60_000);

function worker(): string {
  return readFileSync(path.join(build, 'sw.js'), 'utf8');
}

function precached(): ReadonlySet<string> {
  return new Set([...worker().matchAll(/url:\s*"([^"]+)"/g)].map(([, url = '']) => url));
}

/** Files of the build below a folder, without what is only a smaller spelling of another. */
function built(folder: string): string[] {
  return readdirSync(path.join(build, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => path.relative(build, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

test('the service worker is built and precaches every script and style of the client, and the page', () => {
  const client = built('_app/immutable').filter((file) => /\.(js|css)$/.test(file));
  expect(client.length).toBeGreaterThan(20);
  expect([...client, 'index.html'].filter((file) => !precached().has(file))).toEqual([]);
});

test('what the manifest names is there: icons, and a page for every shortcut and handler', () => {
  const manifest = JSON.parse(readFileSync(path.join(build, 'manifest.webmanifest'), 'utf8')) as {
    icons: { src: string }[];
    shortcuts: { url: string }[];
    share_target: { action: string };
    file_handlers: { action: string }[];
  };
  for (const { src } of manifest.icons) {
    expect(existsSync(path.join(build, src)), src).toBe(true);
    // The system reads them when it installs the app, with a network; a running app shows none of them.
    expect(precached().has(src.slice(1)), src).toBe(false);
  }
  const addresses = [
    ...manifest.shortcuts.map(({ url }) => url),
    manifest.share_target.action,
    ...manifest.file_handlers.map(({ action }) => action),
  ];
  for (const address of addresses) {
    const page = path.join(root, 'src', 'routes', address.split('?')[0] ?? '', '+page.svelte');
    expect(existsSync(page), address).toBe(true);
  }
});

test('the precache holds nothing that is not there, and no program that is only loaded on demand', () => {
  for (const url of precached()) expect(existsSync(path.join(build, url)), url).toBe(true);
  expect([...precached()].filter((url) => /\.wasm$|screenshots/.test(url))).toEqual([]);
});

test('an update waits until it is asked for, and unknown addresses open the page except those of the wire', () => {
  const text = worker();
  expect(text).toContain('SKIP_WAITING');
  expect(text.replaceAll(/"SKIP_WAITING"[^}]*skipWaiting\(\)/g, '')).not.toContain('skipWaiting()');
  expect(text).toContain('createHandlerBoundToURL("index.html")');
  const [, denied = ''] = /denylist:\s*\[([^\]]*)\]/.exec(text) ?? [];
  for (const route of ['y', 'receipts', 'auth', 'chain', 'person', 'sync', 'healthz', 'readyz', 'metrics']) {
    expect(denied).toMatch(new RegExp(`[(|]${route}[)|]`));
  }
  expect(existsSync(path.join(build, 'share-target.js'))).toBe(true);
  expect(text).toContain('importScripts("/share-target.js")');
});
