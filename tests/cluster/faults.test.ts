import { afterEach, beforeEach, expect, test } from 'vitest';
import { Person, until } from '#tests/sync/support/person.ts';
import { Cluster } from './support/cluster.ts';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await Cluster.start(2);
});
afterEach(() => cluster.dispose());

// Every provider listens for the end of the process.
process.setMaxListeners(0);

const DOCUMENTS = ['core', 'plan/v1/root', 'talk/2027/root'];

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A founder and others, all through the address that all servers share. */
async function gather(count: number): Promise<readonly Person[]> {
  const founder = await Person.found(cluster.balancer.url);
  const rest = await Promise.all(Array.from({ length: count - 1 }, () => founder.invite()));
  const people = [founder, ...rest];
  for (const person of people) for (const document of DOCUMENTS) person.attach(document);
  return people;
}

/** Everybody types for a while; resolves with what was typed. */
async function typeFor(people: readonly Person[], ms: number, label: string): Promise<readonly string[]> {
  const typed: string[] = [];
  const end = performance.now() + ms;
  while (performance.now() < end) {
    for (const [n, person] of people.entries()) {
      const document = DOCUMENTS[(typed.length + n) % DOCUMENTS.length] ?? 'core';
      const key = `${label}${typed.length}`;
      person.type(key, typed.length, document);
      typed.push(`${document} ${key}`);
    }
    await later(12);
  }
  return typed;
}

/** Everybody, and somebody who comes now, has all of it; nobody was told anything that was not so. */
async function expectEqual(people: readonly Person[], typed: readonly string[]): Promise<void> {
  for (const person of people) person.connection.tryNow();
  await Promise.all(people.map((person) => until(() => person.status.kind === 'synced', undefined, 60_000)));
  const newcomer = await (people[0] as Person).invite();
  for (const person of [...people, newcomer]) {
    const found = (): string[] =>
      DOCUMENTS.flatMap((name) => Object.keys(person.content(name)).map((key) => `${name} ${key}`));
    await until(
      () => found().length >= typed.length,
      () => `${found().length} of ${typed.length}`,
      30_000,
    );
    expect(found().toSorted()).toEqual(typed.toSorted());
    expect([person.lies, person.store.parked.length, person.rebuilds]).toEqual([0, 0, []]);
  }
  await Promise.all([...people, newcomer].map((person) => person.leave()));
}

/** What a device's pill may have said meanwhile: that it is at it, or that the server does not answer. */
function expectOnlyThePill(people: readonly Person[]): void {
  const kinds = new Set(
    people.flatMap(({ statuses }) => statuses.map(({ kind, reason }) => `${kind} ${reason ?? ''}`)),
  );
  const harmless = ['synced ', 'syncing ', 'unreachable ', 'refused storage-failed', 'offline '];
  expect([...kinds].filter((kind) => !harmless.includes(kind))).toEqual([]);
}

test('one of two servers is killed while everybody types: the others take over, and nothing is lost', async () => {
  const people = await gather(6);
  const typing = typeFor(people, 3000, 'k');
  await later(800);
  await cluster.server(0).kill();
  const typed = await typing;
  for (const person of people) person.connection.tryNow();
  await Promise.all(people.map((person) => person.synced()));
  expectOnlyThePill(people);
  await cluster.server(0).startAgain();
  await expectEqual(people, typed);
});

test('PostgreSQL is killed and started again while everybody types: it goes on by itself', async () => {
  const people = await gather(4);
  const typing = typeFor(people, 4000, 'k');
  await later(700);
  await cluster.postgres.kill();
  await later(600);
  await cluster.postgres.startAgain();
  const typed = await typing;
  await expectEqual(people, typed);
  expectOnlyThePill(people);
  expect(cluster.server(0).said + cluster.server(1).said).toContain('The database does not answer');
});

test('Redis emptied, killed, started again and cut off: it is said, and everything arrives all the same', async () => {
  const ana = await Person.found(cluster.url(0));
  const ben = await ana.invite({ url: cluster.server(1).socketUrl });
  for (const person of [ana, ben]) for (const document of DOCUMENTS) person.attach(document);
  const said = (): string => cluster.server(1).said;
  const says = (words: string, from = 0): Promise<void> =>
    until(
      () => said().slice(from).includes(words),
      () => words,
      40_000,
    );
  let count = 0;
  const arrives = async (): Promise<number> => {
    count += 1;
    const key = `r${count}`;
    const since = performance.now();
    ana.type(key, count);
    await until(() => ben.content()[key] === count, undefined, 30_000);
    return performance.now() - since;
  };

  await cluster.redis.tell('FLUSHALL');
  await arrives();

  await cluster.redis.kill();
  await says('Redis does not answer');
  expect(await arrives()).toBeLessThan(8000);

  await cluster.redis.startAgain();
  await says('Redis is back');
  await arrives();

  cluster.redis.freeze();
  const before = said().length;
  await says('Redis does not answer', before);
  expect(await arrives()).toBeLessThan(8000);
  cluster.redis.thaw();
  await says('Redis is back', before);
  await arrives();
  expect(ana.lies + ben.lies).toBe(0);
  await Promise.all([ana.leave(), ben.leave()]);
});
