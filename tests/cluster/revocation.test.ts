import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#lib/domain/id.ts';
import { deviceAt, own, ownerOn, signedInBy, well } from '#tests/sync/support/account.ts';
import { localLog } from '#tests/sync/support/found-log.ts';
import { Person, until } from '#tests/sync/support/person.ts';
import { Cluster } from './support/cluster.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start(2);
  await ownerOn(await deviceAt(cluster.url(0)));
});
afterAll(() => cluster.dispose());

/** The owner of the servers, at one of them by a device of its own, in a workspace of its own. */
async function founder(n: number): Promise<Person> {
  const server = await deviceAt(cluster.url(n));
  well(await signedInBy(server, 'Ana'));
  const { origin: url, device } = server;
  const person = await Person.arrive({ url, workspace: newId(), device, log: localLog('ana') });
  await person.synced();
  return person;
}

/** Whatever happened at one server holds at the other by then, whether Redis is there or not. */
const WITHIN_MS = 2000;
const PLAN = 'plan/v1/root';

/** Types without a pause until told to stop; `typed` are the keys by when they were typed. */
function typing(person: Person, document: string) {
  const typed = new Map<string, number>();
  const timer = setInterval(() => {
    const key = `t${typed.size}`;
    typed.set(key, performance.now());
    person.type(key, 1, document);
  }, 10);
  return { typed, stop: () => clearInterval(timer) };
}

/** What becomes of Redis, and of it afterwards. */
const REDIS = [
  ['with Redis', () => undefined, () => undefined],
  ['with Redis gone', () => cluster.redis.kill(), () => cluster.redis.startAgain()],
  ['with Redis cut off', () => cluster.redis.freeze(), () => cluster.redis.thaw()],
] as const;

describe.each(REDIS)('%s', (_, before, after) => {
  afterAll(async () => {
    await after();
  });

  test('a role revoked at one server stops a writer at the other', async () => {
    const ana = await founder(0);
    const grant = newId();
    const grants = [{ id: grant }, { role: 'viewer', areas: ['root'] }] as const;
    const ben = await ana.invite({ url: cluster.server(1).socketUrl }, undefined, ...grants);
    for (const person of [ana, ben]) person.attach(PLAN);
    await before();
    const bens = typing(ben, PLAN);
    await until(() => 't5' in ana.content(PLAN));

    const asked = performance.now();
    expect(await ana.ask({ kind: 'revoke-grant', member: ben.member, grant })).toMatchObject({ ok: true });
    const answered = performance.now();
    await until(() => ben.store.parked.length > 0);
    const noticedMs = performance.now() - asked;
    bens.stop();
    expect(noticedMs).toBeLessThan(WITHIN_MS);
    // What was acknowledged is there, the rest is kept aside; without Redis it takes a second to be seen.
    const seen = (): number => Object.keys(ana.content(PLAN)).length;
    await until(
      () => seen() + ben.store.parked.length === bens.typed.size,
      () => `${seen()} and ${ben.store.parked.length} of ${bens.typed.size}`,
    );
    const late = [...bens.typed].filter(([, at]) => at > answered).map(([key]) => key);
    expect([late.filter((key) => key in ana.content(PLAN)), ben.lies]).toEqual([[], 0]);
    expect(new Set(ben.store.parked.map(({ reason }) => reason))).toEqual(new Set(['not-allowed']));
    await Promise.all([ana.leave(), ben.leave()]);
  });

  test('who is removed at one server has to leave the other, and gets nothing that is written afterwards', async () => {
    const ana = await founder(0);
    const ben = await ana.invite({ url: cluster.server(1).socketUrl });
    for (const person of [ana, ben]) person.attach(PLAN);
    ana.type('before', 1, PLAN);
    await until(() => ben.content(PLAN)['before'] === 1);
    await before();
    const asked = performance.now();
    await ana.ask({ kind: 'remove-member', member: ben.member });
    ana.type('after', 2, PLAN);
    await until(() => ben.status.kind === 'refused');
    expect(performance.now() - asked).toBeLessThan(WITHIN_MS);
    await ana.synced();
    expect([ben.status.reason, ben.content(PLAN)]).toEqual(['no-role', { before: 1 }]);
    await Promise.all([ana.leave(), ben.leave()]);
  });

  test('a device that is signed out at one server has to leave the other', async () => {
    const laptop = await deviceAt(cluster.url(0));
    const ana = well(await signedInBy(laptop, 'Ana'));
    const phone = await deviceAt(cluster.url(1));
    const there = well(await signedInBy(phone, 'Ana'));
    const at = { url: cluster.url(1), workspace: newId(), device: phone.device };
    const person = await Person.arrive({ ...at, log: localLog('ana') });
    await person.synced();
    await before();
    const asked = performance.now();
    well(await own(laptop, ana).signOut(there.session));
    await until(() => person.status.kind === 'sign-in');
    expect(performance.now() - asked).toBeLessThan(WITHIN_MS);
    person.type('kept here', 1);
    expect(person.status).toMatchObject({ kind: 'sign-in', pending: 1 });
    await signedInBy(phone, 'Ana');
    person.connection.tryNow();
    await person.synced();
    await person.leave();
  });
});
