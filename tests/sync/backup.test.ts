import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReceiptLine } from '#lib/sync/receipt-line.ts';
import { PART_BYTES } from '#lib/sync/receipt-wire.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { hashOf, pdfOf } from './files/contract.ts';
import { Person, until } from './support/person.ts';

let server: ServerProcess;
let folder: string;
let copy: string;
beforeEach(async () => {
  server = await ServerProcess.start();
  folder = mkdtempSync(join(tmpdir(), 'outlay-copies-'));
  copy = join(folder, 'copy.sqlite');
});
afterEach(async () => {
  await server.dispose();
  rmSync(folder, { recursive: true });
});

/** Runs the server's command line beside the server. */
async function run(...words: string[]): Promise<{ readonly code: unknown; readonly said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../sync-server/main.ts'), ...words], {
    env: { ...process.env, DATA_DIR: server.dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<unknown[]>,
  ]);
  return { code, said: said + complained };
}

async function restoreAndStart(): Promise<void> {
  await server.stop();
  expect(await run('restore', copy)).toMatchObject({ code: 0 });
  await server.startAgain();
}

/** Authors by what they typed, as the server has bound them. */
async function authorsOf(workspace: string): Promise<Record<string, string | undefined>> {
  await server.stop();
  const storage = openSqlite(join(server.dataDir, 'outlay.sqlite'));
  const { rows, clients } = await storage.rows(workspace, 'core', 0, 1e9);
  await storage.close();
  const { newDocument } = await import('#lib/documents/new-document.ts');
  const { applyUpdate } = await import('yjs');
  const doc = newDocument();
  for (const { bytes } of rows) applyUpdate(doc, bytes);
  const memberOf = new Map(clients.map(({ client, member }) => [client, member]));
  const items = [...doc.getMap('entries')._map];
  return Object.fromEntries(items.map(([key, item]) => [key, memberOf.get(item.id.client)]));
}

test('a copy taken while people type holds everything acknowledged before it; the server goes on', async () => {
  const ana = await Person.found(server.url);
  ana.attach();
  for (let n = 0; n < 400; n += 1) ana.type(`before ${n}`, 'x'.repeat(2000));
  await ana.synced();
  const typing = setInterval(() => ana.type(`during ${performance.now()}`, 1), 5);
  expect(await run('backup', copy)).toEqual({ code: 0, said: `${copy} is a whole copy.\n` });
  clearInterval(typing);
  await ana.synced();
  expect(readdirSync(folder)).toEqual(['copy.sqlite']);
  const during = Object.keys(ana.content()).length - 400;
  expect(during).toBeGreaterThan(5);

  const storage = openSqlite(copy);
  const [core] = (await storage.heads(ana.workspace)).filter(({ document }) => document === 'core');
  await storage.close();
  expect(core?.head).toBeGreaterThanOrEqual(400);
  await ana.leave();
});

test('yesterday’s copy in place of the database: devices bring back what it lost, once, as what it was', async () => {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  ana.attach();
  ben.attach();
  ana.type('in the copy', 1);
  await ana.synced();
  await until(() => ben.content()['in the copy'] === 1);
  expect(await run('backup', copy)).toMatchObject({ code: 0 });
  ana.type('of ana', 2);
  ben.type('of ben', 3);
  ben.type('in a new document', 4, 'plan/v1/root');
  ana.type('there too', 6, 'plan/v1/root');
  await until(() => ana.content()['of ben'] === 3 && ben.content()['of ana'] === 2);
  await until(() => [ana, ben].every(({ store }) => store.rows('plan/v1/root').length === 2));
  await Promise.all([ana.synced(), ben.synced()]);
  await ben.leave();

  await restoreAndStart();
  ana.type('after', 5);
  ana.connection.tryNow();
  await ana.synced();
  // Ben's is Ben's to bring back: until he does, nobody's document shows it.
  expect(ana.content()).toEqual({ 'in the copy': 1, 'of ana': 2, after: 5 });
  expect(ana.store.parked.map(({ reason }) => reason)).toEqual(['lost-by-server', 'lost-by-server']);

  const { workspace, device, store } = ben;
  const back = await Person.arrive({ url: server.url, workspace, device, store });
  await back.synced();
  await until(() => ana.content()['of ben'] === 3);
  const cleo = await ana.invite();
  cleo.doc();
  const everything = { 'in the copy': 1, 'of ana': 2, 'of ben': 3, after: 5 };
  back.doc();
  expect([ana.content(), back.content(), cleo.content()]).toEqual([everything, everything, everything]);
  cleo.doc('plan/v1/root');
  expect(cleo.content('plan/v1/root')).toEqual({ 'in a new document': 4, 'there too': 6 });
  expect([ana.lies, back.lies, ana.faults, back.faults]).toEqual([0, 0, [], []]);
  expect(cleo.store.rows('core')).toHaveLength(4);
  await Promise.all([ana.leave(), back.leave(), cleo.leave()]);
  const { member } = ana;
  expect(await authorsOf(ana.workspace)).toEqual({
    'in the copy': member,
    'of ana': member,
    'of ben': back.member,
    after: member,
  });
});

test('a device that was away when the copy came into place, and one restored twice, are brought together', async () => {
  const ana = await Person.found(server.url);
  ana.attach();
  ana.type('first', 1);
  await ana.synced();
  expect(await run('backup', copy)).toMatchObject({ code: 0 });
  ana.type('second', 2);
  await ana.synced();
  await restoreAndStart();
  ana.connection.tryNow();
  await ana.synced();
  ana.type('third', 3);
  await ana.synced();
  await restoreAndStart();
  ana.connection.tryNow();
  await ana.synced();
  const cleo = await ana.invite();
  cleo.doc();
  expect(cleo.content()).toEqual({ first: 1, second: 2, third: 3 });
  expect(cleo.store.rows('core')).toHaveLength(3);
  expect(ana.store.parked).toEqual([]);
  await Promise.all([ana.leave(), cleo.leave()]);
});

test('the other files of the data folder are copied and come back; what was there is kept aside', async () => {
  mkdirSync(join(server.dataDir, 'files'));
  const key = join(server.dataDir, 'files', 'key');
  writeFileSync(key, 'old');
  expect(await run('backup', copy)).toMatchObject({ code: 0 });
  writeFileSync(key, 'new');
  await server.stop();
  expect(await run('restore', copy)).toMatchObject({ code: 0 });
  expect(readFileSync(key, 'utf8')).toBe('old');
  const [aside = ''] = readdirSync(server.dataDir).filter((name) => name.startsWith('before-restore'));
  expect(readFileSync(join(server.dataDir, aside, 'files', 'key'), 'utf8')).toBe('new');
  expect(existsSync(join(server.dataDir, aside, 'outlay.sqlite'))).toBe(true);
});

test('restoring is refused while a server runs, and for what is no whole copy', async () => {
  expect(await run('backup', copy)).toMatchObject({ code: 0 });
  const inUse = await run('restore', copy);
  expect([inUse.code, inUse.said]).toEqual([
    1,
    'Nothing was restored: a server is running on this data. Stop it first.\n',
  ]);
  await server.stop();
  const database = join(server.dataDir, 'outlay.sqlite');
  const before = readFileSync(database);
  const bytes = readFileSync(copy);
  for (const wrong of [Buffer.from('nonsense'), bytes.subarray(0, bytes.length / 2), before]) {
    writeFileSync(copy, wrong);
    const { code, said } = await run('restore', copy);
    expect([code, said]).toEqual([1, expect.stringContaining('not a copy that "backup" made')]);
    expect(readFileSync(database).equals(before)).toBe(true);
  }
  expect((await run('restore')).said).toMatch(/^Use "backup FILE"/);
});

test('a server killed while it copies leaves no copy', async () => {
  const ana = await Person.found(server.url);
  for (let n = 0; n < 300; n += 1) ana.type(`k${n}`, 'x'.repeat(50_000));
  await ana.synced();
  const running = run('backup', copy);
  await until(() => readdirSync(server.dataDir).some((name) => name.includes('.copy-')));
  await server.kill();
  const { code, said } = await running;
  expect([code, said]).toEqual([1, expect.stringMatching(/^No copy was made/)]);
  expect(readdirSync(folder)).toEqual([]);
  expect(readdirSync(server.dataDir).filter((name) => name.includes('.copy'))).toEqual([]);
  await ana.leave();
});

test('four copies at once, of a server and of none, are four whole copies; what a killed one left goes after a day', async () => {
  const ana = await Person.found(server.url);
  for (let n = 0; n < 200; n += 1) ana.type(`k${n}`, 'x'.repeat(5000));
  await ana.synced();
  const names = ['one', 'two', 'three', 'three'].map((name) => join(folder, name));
  const outcomes = await Promise.all(names.map((name) => run('backup', name)));
  expect(outcomes.map(({ code, said }) => [code, said])).toEqual(
    names.map((name) => [0, `${name} is a whole copy.\n`]),
  );
  expect(readdirSync(folder).sort()).toEqual(['one', 'three', 'two']);
  for (const name of names.slice(0, 3)) {
    const storage = openSqlite(name);
    expect((await storage.head(ana.workspace, 'core'))?.head).toBe(200);
    await storage.close();
  }
  await ana.leave();
  const [left, young] = ['left', 'young'].map((id) => join(server.dataDir, `outlay.sqlite.copy-${id}`));
  for (const file of [left, young]) writeFileSync(file as string, 'x');
  const twoDaysAgo = (Date.now() - 2 * 86_400_000) / 1000;
  utimesSync(left as string, twoDaysAgo, twoDaysAgo);
  expect(await run('backup', copy)).toMatchObject({ code: 0 });
  expect([existsSync(left as string), existsSync(young as string)]).toEqual([false, true]);
});

test('receipts and keys come back; what was on its way is brought anew by its device', async () => {
  const ana = await Person.found(server.url);
  const [bytes, begun] = [pdfOf(PART_BYTES + 9), pdfOf(PART_BYTES * 3, 2)];
  const receipt = { hash: hashOf(bytes), document: `inbox/${ana.member}` };
  const onWay = { hash: hashOf(begun), document: receipt.document };
  const line = (cutAfter = Infinity): ReceiptLine => {
    let parts = 0;
    const { workspace, device } = ana;
    const cutting: typeof fetch = (input, init) => {
      parts += 1;
      return parts > cutAfter ? Promise.reject(new TypeError('cut')) : fetch(input, init);
    };
    return new ReceiptLine({ url: server.socketUrl, workspace, device, serverNow: Date.now, fetch: cutting });
  };
  expect(await line().send(receipt, bytes)).toMatchObject({ ok: true });
  // One part of three is here when the copy is made.
  expect(await line(2).send(onWay, begun)).toMatchObject({ ok: false });
  expect(await run('backup', copy)).toMatchObject({ code: 0 });
  expect(await line().send(onWay, begun)).toMatchObject({ ok: true });
  const secretOf = async (): Promise<Uint8Array> => {
    const storage = openSqlite(join(server.dataDir, 'outlay.sqlite'));
    const secret = await storage.accounts.secret();
    await storage.close();
    return secret;
  };
  await server.stop();
  const before = await secretOf();
  rmSync(server.dataDir, { recursive: true });
  expect(await run('restore', copy)).toMatchObject({ code: 0 });
  expect(await secretOf()).toEqual(before);
  await server.startAgain();
  expect(await line().fetch(receipt)).toEqual({ ok: true, value: bytes });
  expect((await line().fetch(onWay)).ok).toBe(false);
  expect(await line().send(onWay, begun)).toMatchObject({ ok: true });
  expect(await line().fetch(onWay)).toEqual({ ok: true, value: begun });
  await ana.leave();
});

test('without a server running, the copy is made all the same', async () => {
  const ana = await Person.found(server.url);
  ana.type('a', 1);
  await ana.synced();
  await ana.leave();
  await server.kill();
  expect(await run('backup', copy)).toMatchObject({ code: 0 });
  const storage = openSqlite(copy);
  expect(await storage.head(ana.workspace, 'core')).toMatchObject({ head: 1 });
  await storage.close();
});
