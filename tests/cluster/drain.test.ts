import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, until } from '#tests/sync/support/person.ts';
import { Cluster } from './support/cluster.ts';

const DRAIN_SECONDS = 2;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start(2, { DRAIN_SECONDS: String(DRAIN_SECONDS) });
});
afterAll(() => cluster.dispose());
process.setMaxListeners(0);

async function readiness(n: number): Promise<string> {
  const answer = await fetch(`${cluster.url(n)}/readyz`);
  return `${answer.status} ${(await answer.text()).trim()}`;
}

test('a rolling restart behind a balancer: each server says so first, everybody moves, and nothing is lost', async () => {
  const founder = await Person.found(cluster.balancer.url);
  const people = [founder, ...(await Promise.all(Array.from({ length: 5 }, () => founder.invite())))];
  for (const person of people) person.attach('core');
  const typed: string[] = [];
  const typing = setInterval(() => {
    for (const [n, person] of people.entries()) {
      const key = `${n}-${typed.length}`;
      person.type(key, 1);
      typed.push(key);
    }
  }, 40);

  for (const n of [0, 1]) {
    const server = cluster.server(n);
    const stopping = server.stop();
    // Readiness turns at once, while whoever is there is still served; the balancer sends nobody any more.
    await until(() => server.said.includes('Stopping'));
    expect(await readiness(n)).toBe('503 stopping');
    await until(() => !cluster.balancer.sendsTo(server.port), undefined, 5000);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const newcomer = await founder.invite();
    await newcomer.leave();
    await stopping;
    expect(server.exitCode).toBe(0);
    for (const person of people) person.connection.tryNow();
    await until(
      () => people.every(({ connection }) => connection.status.kind !== 'unreachable'),
      () => JSON.stringify(people.map(({ status }) => status.kind)),
      30_000,
    );
    server.said = '';
    await server.startAgain();
    await until(() => cluster.balancer.sendsTo(server.port), undefined, 5000);
  }

  clearInterval(typing);
  for (const person of people) person.connection.tryNow();
  await until(
    () => people.every(({ status }) => status.kind === 'synced'),
    () => JSON.stringify(people.map(({ status }) => status)),
    60_000,
  );
  const last = await founder.invite();
  last.doc();
  for (const person of [...people, last]) {
    await until(() => Object.keys(person.content()).length === typed.length, undefined, 30_000);
    expect([person.lies, person.store.parked.length, person.rebuilds]).toEqual([0, 0, []]);
    expect(person.statuses.filter(({ kind }) => kind === 'refused')).toEqual([]);
  }
  await Promise.all([...people, last].map((person) => person.leave()));
});
