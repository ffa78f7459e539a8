import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openDecisions, openLedger } from '#lib/documents/documents.ts';
import { newId } from '#lib/domain/id.ts';
import type { Command } from '#lib/governance/command.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { FlakyNetwork } from './support/flaky-network.ts';
import { given, localLog } from './support/found-log.ts';
import { Person, rowOf, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';

let server: ServerProcess;
let network: FlakyNetwork;
beforeAll(async () => {
  server = await ServerProcess.start();
  network = await FlakyNetwork.to(server.port);
});
afterAll(async () => {
  network.close();
  await server.dispose();
});

function posting(...ids: readonly string[]): Command {
  const expenses = ids.map((id) => makeExpense({ id, departmentId: 'root' }));
  return { kind: 'post', expenses, generations: {}, batch: null, undatedAs: null };
}

function amounts(person: Person): readonly number[] {
  return [...openLedger(person.doc('ledger/2027-03/root')).entries.all()].map(({ amount }) => amount);
}

test('what is posted stands in the ledger of everybody, and is answered', async () => {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  amounts(ben);
  expect(await ana.ask(posting('e1', 'e2'))).toMatchObject({ ok: true, value: [{ kind: 'posted' }] });
  await until(() => amounts(ben).length === 2);
  expect(amounts(ben)).toEqual([1250, 1250]);
  await Promise.all([ana.leave(), ben.leave()]);
});

test('a refusal is an answer too', async () => {
  const ana = await Person.found(server.url);
  expect(await ana.ask({ kind: 'rename-workspace', name: 'Example' })).toEqual({ ok: true, value: [] });
  const unknown: Command = { kind: 'remove-rate', from: 'USD', to: 'EUR', date: '2027-01-01' };
  expect(await ana.ask(unknown)).toMatchObject({ ok: false, error: { kind: 'unknown-rate' } });
  await ana.leave();
});

test('a command given twice because its answer was lost is decided once', async () => {
  const ana = await Person.found(server.url);
  const text = JSON.stringify(given(posting('once'), ana.member, 'command-1'));
  const lost = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  await lost.next('welcome');
  lost.say({ kind: 'command', given: text });
  await lost.next('answer');
  lost.close();
  const again = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  await again.next('welcome');
  again.say({ kind: 'command', given: text });
  expect(JSON.parse((await again.next('answer')).answer)).toMatchObject({ ok: true, value: [{ kind: 'posted' }] });
  again.close();
  await until(() => amounts(ana).length > 0);
  await ana.synced();
  expect(amounts(ana)).toEqual([1250]);
  await ana.leave();
});

test('a command given while the line is down is decided when it is up again', async () => {
  const ana = await Person.found(network.url);
  network.goDown();
  await until(() => ana.status.kind === 'unreachable');
  const answer = ana.ask({ kind: 'rename-workspace', name: 'New name' });
  expect(ana.status.pending).toBe(1);
  network.comeBack();
  ana.connection.tryNow();
  expect(await answer).toMatchObject({ ok: true, value: [{ kind: 'workspace-renamed' }] });
  await ana.synced();
  expect(openDecisions(ana.doc('decisions/root')).workspace.get('workspace')).toMatchObject({ name: 'New name' });
  await ana.leave();
});

test('nobody gives a command in another’s name', async () => {
  const ana = await Person.found(server.url);
  const raw = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  await raw.next('welcome');
  const text = JSON.stringify(given({ kind: 'rename-workspace', name: 'Mine' }, 'somebody', 'c'));
  raw.say({ kind: 'command', given: text });
  expect(JSON.parse((await raw.next('answer')).answer)).toMatchObject({ ok: false, error: { path: 'by' } });
  raw.close();
  await ana.leave();
});

test('nobody is told what was answered to the command of another, and nothing is decided by its id', async () => {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  const id = newId();
  const secret: Command = { kind: 'rename-workspace', name: 'Secret name' };
  expect(await ana.ask(secret, id)).toMatchObject({ ok: true });
  const own = { ok: false, error: { kind: 'malformed', path: 'id', found: 'the id of another command' } };
  expect(await ben.ask({ kind: 'remove-rate', from: 'USD', to: 'EUR', date: '2027-01-01' }, id)).toEqual(own);
  // Whoever it was answered to is told again.
  const raw = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  await raw.next('welcome');
  raw.say({ kind: 'command', given: JSON.stringify(given(secret, ana.member, id)) });
  expect(JSON.parse((await raw.next('answer')).answer)).toMatchObject({ value: [{ name: 'Secret name' }] });
  raw.close();
  await Promise.all([ana.leave(), ben.leave()]);
});

test('a command of another shape is answered as malformed', async () => {
  const ana = await Person.found(server.url);
  const raw = await RawDevice.greeted(server.url, { workspace: ana.workspace }, ana.device);
  await raw.next('welcome');
  raw.say({ kind: 'command', given: JSON.stringify({ id: 'c2', command: { kind: 'post', expenses: 7 } }) });
  expect(JSON.parse((await raw.next('answer')).answer)).toMatchObject({ ok: false, error: { kind: 'malformed' } });
  raw.close();
  await ana.leave();
});

test('a device whose clock is two days off works like any other, and orders nothing', async () => {
  const ana = await Person.found(server.url);
  const late = 2 * 24 * 60 * 60 * 1000;
  const ben = await ana.invite({ now: () => Date.now() - late });
  const cleo = await ana.invite({ now: () => Date.now() + late });
  ben.type('b', 1);
  cleo.type('c', 2);
  await Promise.all([ben.synced(), cleo.synced()]);
  await ana.synced();
  ana.doc();
  await until(() => ana.content()['b'] === 1 && ana.content()['c'] === 2);
  expect(await cleo.ask(posting('clock'))).toMatchObject({ ok: true });
  await until(() => amounts(ana).length === 1);
  const [entry] = openLedger(ana.doc('ledger/2027-03/root')).entries.all();
  expect(Math.abs(Date.parse(entry?.postedAt ?? '') - Date.now())).toBeLessThan(60_000);
  await Promise.all([ana.leave(), ben.leave(), cleo.leave()]);
});

test('a local workspace is shared with its history: the log, what follows from it, and what was typed', async () => {
  const workspace = newId();
  const log = localLog('ana', [posting('l1', 'l2', 'l3'), { kind: 'rename-workspace', name: 'Was local' }]);
  const ana = await Person.arrive({ url: server.url, workspace, log, sync: { surroundings: hidden() } });
  ana.type('typed before', 1);
  ana.type('draft', 2, 'inbox/ana');
  // What the device decided stands in its own ledger; the server makes it again from the log.
  ana.store.append(rowOf('ledger/2027-03/root', Y.encodeStateAsUpdate(new Y.Doc())));
  await ana.leave();

  const sharing = await Person.arrive({ url: server.url, workspace, device: ana.device, store: ana.store, log });
  await sharing.synced();
  expect(sharing.member).toBe('ana');
  expect(sharing.store.parked).toEqual([]);
  const ben = await sharing.invite();
  ben.doc();
  expect(ben.content()).toEqual({ 'typed before': 1 });
  expect(ben.content('inbox/ana')).toEqual({ draft: 2 });
  expect(amounts(ben)).toHaveLength(3);
  expect(amounts(sharing)).toHaveLength(3);
  expect(openDecisions(ben.doc('decisions/root')).workspace.get('workspace')).toMatchObject({ name: 'Was local' });
  expect(await sharing.ask(posting('l4'))).toMatchObject({ ok: true });
  expect(await sharing.ask(posting('l1'))).toMatchObject({ ok: true, value: [] });
  await Promise.all([sharing.leave(), ben.leave()]);
});

test('sharing again after a lost reply is harmless; sharing what is another’s is refused', async () => {
  const ana = await Person.found(server.url);
  await ana.leave();
  const { workspace, device } = ana;
  const again = await Person.arrive({ url: server.url, workspace, device, log: localLog('ana') });
  await again.synced();
  const thief = await Person.arrive({ url: server.url, workspace, log: localLog('thief') });
  await until(() => thief.status.kind === 'refused');
  expect(thief.status.reason).toBe('workspace-taken');
  await Promise.all([again.leave(), thief.leave()]);
});

test('a log that was changed founds nothing', async () => {
  const [founded, ...rest] = localLog('ana', [posting('x')]);
  if (founded === undefined) throw new Error('no log');
  const changed = [{ ...founded, decidedAt: '2020-01-01T00:00:00.000Z' }, ...rest];
  const workspace = newId();
  const ana = await Person.arrive({ url: server.url, workspace, log: changed });
  await until(() => ana.status.kind === 'refused');
  expect(ana.status.reason).toBe('log-invalid');
  await ana.leave();
  const honest = await Person.arrive({ url: server.url, workspace, log: localLog('ana') });
  await honest.synced();
  await honest.leave();
});

function hidden() {
  return { visible: () => false, online: () => true, onchange: () => () => undefined };
}
