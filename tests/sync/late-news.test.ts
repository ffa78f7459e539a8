/** What a device is told when the disk knows of rows before the server that wrote them does, and when it leaves early. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '#server/storage/sqlite.ts';
import { Person, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';
import { serverHere } from './support/server-here.ts';
import type { ServerHere } from './support/server-here.ts';

/** Calls that have been carried out, and whose answers wait until `open` is called. */
class Gate {
  #opened: Promise<void> | null = null;
  open: () => void = () => undefined;

  shut(): void {
    this.#opened = new Promise((resolve) => (this.open = resolve));
  }

  async pass<T>(value: Promise<T>): Promise<T> {
    await value;
    await this.#opened;
    return value;
  }
}

let folder: string;
let server: ServerHere;
let ana: Person;
let raw: RawDevice;
let writing: Gate | undefined;
let reading: Gate | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outlay-late-'));
  const [writes, reads] = [new Gate(), new Gate()];
  [writing, reading] = [writes, reads];
  const storage = openSqlite(join(folder, 'a.sqlite'));
  server = await serverHere(folder, {
    storage: {
      ...storage,
      append: (rows) => writes.pass(storage.append(rows)),
      rows: (...asked) => reads.pass(storage.rows(...asked)),
    },
  });
  ana = await Person.found(server.url);
  ana.type('a', 1);
  await ana.synced();
  raw = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  await raw.next('heads');
});
afterEach(async () => {
  for (const gate of [writing, reading]) gate?.open();
  raw.close();
  await ana.leave();
  await server.stop();
  rmSync(folder, { recursive: true });
});

test('a device that has read a row before its commit was heard of is not taken for one that knows too much', async () => {
  writing?.shut();
  ana.type('b', 2);
  await new Promise((resolve) => setTimeout(resolve, 50));
  raw.say({ kind: 'open', channel: 1, document: 'core', incarnation: '', since: 0 });
  const { incarnation } = await raw.next('opened');
  expect((await raw.next('rows')).rows.at(-1)?.seq).toBe(2);
  raw.say({ kind: 'close', channel: 1 });
  await raw.next('closed');
  // The document stays open at somebody else, as it was.
  raw.say({ kind: 'open', channel: 2, document: 'core', incarnation, since: 2 });
  expect(await raw.next('opened')).toMatchObject({ channel: 2, head: 2 });
  writing?.open();
  await ana.synced();
  expect(ana.lies).toBe(0);
});

test('a device that closes a document before it got all of it is told that there is more', async () => {
  reading?.shut();
  raw.say({ kind: 'open', channel: 1, document: 'core', incarnation: '', since: 0 });
  expect(await raw.next('opened')).toMatchObject({ head: 1 });
  ana.type('b', 2);
  await ana.synced();
  await new Promise((resolve) => setTimeout(resolve, 500));
  raw.say({ kind: 'close', channel: 1 });
  await raw.next('closed');
  await until(() => raw.heard.some(({ kind }) => kind === 'heads'));
  expect((await raw.next('heads')).heads).toMatchObject([{ document: 'core', head: 2 }]);
  reading?.open();
});
