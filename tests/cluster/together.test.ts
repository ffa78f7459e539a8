import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDecisions } from '#lib/documents/documents.ts';
import type { Command } from '#lib/governance/command.ts';
import { Person, until } from '#tests/sync/support/person.ts';
import { Cluster } from './support/cluster.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start(2);
});
afterAll(() => cluster.dispose());

/** A person at each of the first two servers, in one workspace. */
async function two(): Promise<readonly [Person, Person]> {
  const ana = await Person.found(cluster.url(0));
  return [ana, await ana.invite({ url: cluster.server(1).socketUrl })];
}

async function leave(...people: readonly Person[]): Promise<void> {
  await Promise.all(people.map((person) => person.leave()));
}

test('what is typed at one server is seen at the other at once, in a document that is open and in one that is not', async () => {
  const [ana, ben] = await two();
  ben.attach('core');
  ben.doc('talk/2027/root');
  await ben.synced();
  const since = performance.now();
  ana.type('a', 1, 'core');
  await until(() => ben.content('core')['a'] === 1);
  expect(performance.now() - since).toBeLessThan(800);
  ana.type('b', 2, 'talk/2027/root');
  await until(() => ben.content('talk/2027/root')['b'] === 2);
  await leave(ana, ben);
});

test('both type into one document that did not exist: nobody loses a row, everybody ends equal', async () => {
  const [ana, ben] = await two();
  for (const person of [ana, ben]) person.attach('plan/new/root');
  await Promise.all([ana.synced(), ben.synced()]);
  for (let n = 0; n < 100; n += 1) {
    ana.type(`a${n}`, n, 'plan/new/root');
    ben.type(`b${n}`, n, 'plan/new/root');
    if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await until(() => [ana, ben].every((person) => Object.keys(person.content('plan/new/root')).length === 200));
  await Promise.all([ana.synced(), ben.synced()]);
  expect([...ana.rebuilds, ...ben.rebuilds, ...ana.store.parked, ...ben.store.parked]).toEqual([]);
  expect(ana.lies + ben.lies).toBe(0);
  await leave(ana, ben);
});

test('a device that was at one server further than the other knows goes on there', async () => {
  const ana = await Person.found(cluster.url(0));
  const listener = await ana.invite({ url: cluster.server(1).socketUrl });
  listener.attach('core');
  for (let n = 0; n < 50; n += 1) ana.type(`k${n}`, n);
  await ana.synced();
  await ana.leave();
  const { workspace, device, store } = ana;
  const again = await Person.arrive({ url: cluster.url(1), workspace, device, store });
  again.attach('core');
  await again.synced();
  again.type('more', 1);
  await again.synced();
  expect(Object.keys(again.content())).toHaveLength(51);
  await leave(again, listener);
});

test('who is there is seen across servers, and who leaves is gone', async () => {
  const [ana, ben] = await two();
  const here = ana.attach('core').presence;
  here.show({ name: 'Ana' });
  await ana.synced();
  // Ben comes later: his server asks who is there.
  const there = ben.attach('core').presence;
  const names = (): unknown[] => there.others().map(({ state }) => (state as { name?: unknown }).name);
  await until(
    () => names().includes('Ana'),
    () => JSON.stringify(there.others()),
  );
  here.show({ name: 'Ana in b2' });
  await until(() => names().includes('Ana in b2'));
  await ana.leave();
  await until(() => there.others().length === 0);
  await ben.leave();
});

test('both servers decide at the same time: every command is decided once, in one log', async () => {
  const [ana, ben] = await two();
  const rates = (from: string): Command[] =>
    Array.from({ length: 12 }, (_, n) => {
      const date = `2027-01-${String(n + 1).padStart(2, '0')}`;
      return { kind: 'set-rates', rates: [{ from, to: 'EUR', rate: `1.${n + 1}`, date, source: 'test' }] };
    });
  const answers = await Promise.all(
    [ana, ben].map((person) => Promise.all(rates(person === ana ? 'USD' : 'GBP').map((rate) => person.ask(rate)))),
  );
  expect(answers.flat().every((answer) => (answer as { ok: boolean }).ok)).toBe(true);
  for (const person of [ana, ben]) person.doc('decisions/root');
  const count = (person: Person): number => [...openDecisions(person.doc('decisions/root')).rates.all()].length;
  await until(
    () => count(ana) === 24 && count(ben) === 24,
    () => `${count(ana)} and ${count(ben)}`,
  );
  await leave(ana, ben);
});
