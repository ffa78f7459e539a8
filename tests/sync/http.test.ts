import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appDoor } from '#tests/support/app-door.ts';

const PAGE = '<!doctype html><script>boot()</script><script src="/a.js"></script>';
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-app-'));
  const build = join(folder, 'build');
  mkdirSync(join(build, '_app', 'immutable'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(build, 'index.html'), PAGE);
  writeFileSync(join(build, 'sw.js'), 'self');
  const script = 'export const a = 1;'.repeat(50);
  writeFileSync(join(build, '_app', 'immutable', 'a.js'), script);
  writeFileSync(join(build, '_app', 'immutable', 'a.js.br'), brotliCompressSync(script));
  writeFileSync(join(build, '_app', 'immutable', 'a.js.gz'), gzipSync(script));
  server = createServer(appDoor(build));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks for a path exactly as written: `fetch` would tidy it up. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', to = server): Promise<Answer> {
  const { port } = to.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asking = request({ host: 'localhost', port, path, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const body = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    asking.on('error', reject).end();
  });
}

test('the page answers at its root and at every route of the app, and is asked for anew', async () => {
  for (const path of ['/', '/budget/2027', '/expenses?filter=a.b', '/join']) {
    const { status, body, headers } = await ask(path);
    expect([status, body]).toEqual([200, PAGE]);
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-type']).toContain('text/html');
  }
});

test('hashed files are kept for a year, the service worker never', async () => {
  expect((await ask('/_app/immutable/a.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await ask('/sw.js')).headers['cache-control']).toBe('no-cache');
});

test.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['', undefined],
])('asked with "%s", what was made smaller before is sent', async (accepted, encoding) => {
  const { headers } = await ask('/_app/immutable/a.js', { 'accept-encoding': accepted });
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['vary']).toBe('Accept-Encoding');
  expect(headers['content-type']).toContain('text/javascript');
});

test('a file the browser has is not sent again', async () => {
  const { headers } = await ask('/sw.js');
  const again = await ask('/sw.js', { 'if-none-match': String(headers['etag']) });
  expect([again.status, again.body]).toEqual([304, '']);
});

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/..%5csecret.txt',
  '/_app/../../secret.txt',
  '//secret.txt',
  '/%00',
  '/%ff.txt',
  '/_app/immutable/../../../secret.txt',
  '/%252e%252e/secret.txt',
  '/..;/secret.txt',
  'http://localhost/../secret.txt',
  'secret.txt',
])('%s leads nowhere', async (path) => {
  const { body } = await ask(path);
  expect(body).not.toContain('secret');
});

test('a missing file is missing, not the page', async () => {
  expect((await ask('/_app/immutable/gone.js')).status).toBe(404);
  expect((await ask('/missing.png')).status).toBe(404);
});

test('only the page’s own inline script may run, and nobody may frame the app', async () => {
  const { headers } = await ask('/');
  const policy = String(headers['content-security-policy']);
  expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-[A-Za-z0-9+/]{43}='/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('HEAD has no body, and nothing is written by HTTP', async () => {
  const head = await ask('/sw.js', {}, 'HEAD');
  expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '4']);
  expect((await ask('/', {}, 'POST')).status).toBe(405);
});

test('without a build, it says how to get one', async () => {
  const empty = createServer(appDoor(join(folder, 'nothing')));
  await new Promise<void>((resolve) => empty.listen(0, 'localhost', resolve));
  const { status, body } = await ask('/', {}, 'GET', empty);
  expect(status).toBe(503);
  expect(body).toContain('npm start');
  empty.close();
});

test('a name that is not this server’s is turned away, one that was named or is an address is not', async () => {
  for (const host of ['evil.example', 'localhost.evil.example', 'a b', 'localhost:99999999', 'x'.repeat(300)]) {
    expect((await ask('/', { host })).status, host).toBe(421);
  }
  for (const host of [
    'localhost',
    '127.0.0.1:80',
    '[::1]:4810',
    '10.0.0.5',
    'outlay.example.com',
    'OUTLAY.example.com',
  ]) {
    expect((await ask('/', { host })).status, host).toBe(200);
  }
});

test('every answer carries the headers of trust and the id its line in the log has', async () => {
  for (const path of ['/', '/gone.png', '/sw.js']) {
    const { headers } = await ask(path);
    expect(headers['x-request-id']).toBe('request-1');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(String(headers['content-security-policy'])).toMatch(/object-src 'none'; base-uri 'none'/);
  }
});
