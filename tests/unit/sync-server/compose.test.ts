/** `compose.yaml`, the proxy's file and the image, held against what the program reads and what the docs say. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LIMITS } from '#lib/sync/protocol.ts';
import { PART_BYTES } from '#lib/sync/receipt-wire.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const textOf = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const [compose, proxy, image, program, docs] = [
  'compose.yaml',
  'proxy.conf',
  'Dockerfile',
  'sync-server/main.ts',
  'docs/running.md',
].map(textOf) as [string, string, string, string, string];

function namesIn(text: string, pattern: RegExp): readonly string[] {
  const found = [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter(Boolean));
  return [...new Set(found)].sort();
}

/** The lines below a key, as long as they stand further in than it. */
function below(text: string, key: RegExp): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => key.test(line));
  const depth = (line: string): number => line.length - line.trimStart().length;
  const end = lines.findIndex((line, n) => n > start && line.trim() !== '' && depth(line) <= depth(lines[start] ?? ''));
  return lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}

const READ = namesIn(program, /env\['([A-Z_]+)'\]|From\('([A-Z_]+)'/g);
const settings = below(below(compose, /^x-server:/), /environment:/);
const seconds = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? NaN);

test('the docs list every variable that the program reads, and no other', () => {
  const table = docs.slice(docs.indexOf('## Variables'), docs.indexOf('## Several servers'));
  const listed = table.split('\n').flatMap((line) => namesIn(line.split('|')[1] ?? '', /`([A-Z_]+)`/g));
  expect([...listed].sort()).toEqual(READ);
});

test('compose.yaml and the image set variables that the program reads, and nothing misspelt', () => {
  const set = namesIn(settings, /^ *([A-Z_]+):/gm);
  expect(set).toEqual(['ALLOWED_ORIGINS', 'BEHIND_PROXY', 'DATABASE_URL', 'DRAIN_SECONDS', 'REDIS_URL', 'SETUP_TOKEN']);
  expect(set.filter((name) => !READ.includes(name))).toEqual([]);
  const inImage = namesIn(/^ENV (.*)$/m.exec(image)?.[1] ?? '', /([A-Z_]+)=/g);
  expect(inImage.filter((name) => name !== 'NODE_ENV' && !READ.includes(name))).toEqual([]);
  // What has to be given from outside is named in the first lines, and compose stops without it.
  const [head = ''] = compose.split('x-server');
  for (const name of namesIn(compose, /\$\{([A-Z_]+)[:}]/g)) expect(head).toContain(name);
});

test('the proxy knows both servers by the port they listen on, and the services there are', () => {
  const servers = namesIn(below(compose, /^services:/), /^ {2}([a-z0-9-]+): \*server$/gm);
  expect(servers).toEqual(['server-1', 'server-2']);
  const [port] = namesIn(program, /DEFAULT_PORT = (\d+)/g);
  expect(namesIn(proxy, /^\s*server ([a-z0-9-]+:\d+) /gm)).toEqual(servers.map((name) => `${name}:${port}`));
  expect(namesIn(image, /EXPOSE (\d+)|PORT=(\d+)/g)).toEqual([port]);
  expect(compose).toContain(`http://localhost:${port}/healthz`);
  const services = namesIn(below(compose, /^services:/), /^ {2}([a-z0-9-]+):/gm);
  for (const host of ['postgres', 'redis']) {
    expect(services).toContain(host);
    expect(settings).toMatch(new RegExp(`${host}://.*${host}:`));
  }
  for (const file of namesIn(compose, /'\.\/([^:']+):/g)) expect(existsSync(path.join(root, file))).toBe(true);
});

test('versions, patience and sizes fit: a drain ends before it is cut off, a part and a heartbeat go through', () => {
  expect(seconds(compose, /image: postgres:(\d+)/)).toBeGreaterThanOrEqual(15);
  expect(seconds(compose, /image: redis:(\d+)/)).toBe(7);
  const stopMs = seconds(program.replaceAll('_', ''), /STOPWITHINMS = (\d+)/);
  const drain = seconds(settings, /DRAIN_SECONDS: '(\d+)'/);
  expect(seconds(compose, /stop_grace_period: (\d+)s/)).toBeGreaterThan(drain + stopMs / 1000);
  expect(seconds(proxy, /fail_timeout=(\d+)s/)).toBeLessThanOrEqual(drain);
  for (const file of [proxy, docs]) {
    expect(seconds(file, /client_max_body_size (\d+)m/) * 1024 ** 2).toBeGreaterThan(PART_BYTES);
    expect(seconds(file, /proxy_read_timeout (\d+)s/)).toBeGreaterThan(60);
    expect(file).toMatch(/proxy_set_header Upgrade\s+\$http_upgrade/);
  }
  expect(LIMITS.frame).toBeLessThanOrEqual(1024 ** 2);
});
