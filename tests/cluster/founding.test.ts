import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDecisions } from '#lib/documents/documents.ts';
import { newId } from '#lib/domain/id.ts';
import type { Command } from '#lib/governance/command.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import { localLog } from '#tests/sync/support/found-log.ts';
import { MemoryStore } from '#tests/sync/support/memory-store.ts';
import { Person, until } from '#tests/sync/support/person.ts';
import { Cluster } from './support/cluster.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start(2);
});
afterAll(() => cluster.dispose());
process.setMaxListeners(0);

/** So many names after each other: a log of that length, which travels in several parts when it is long. */
function logOf(founder: string, names: number): readonly LogEntry[] {
  const rename = (n: number): Command => ({ kind: 'rename-workspace', name: `${founder} ${n} ${'x'.repeat(150)}` });
  return localLog(
    founder,
    Array.from({ length: names }, (_, n) => rename(n + 1)),
  );
}

function found(n: number, workspace: string, log: readonly LogEntry[]): Promise<Person> {
  return Person.arrive({ url: cluster.url(n), workspace, log });
}

function isAnswered({ status }: Person): boolean {
  return status.kind === 'synced' || status.kind === 'refused';
}

test.each([
  ['of one part', 3],
  ['of many parts', 1200],
])(
  'two devices found one workspace at two servers at once, a log %s: one has it, the other hears so',
  async (_, names) => {
    const logs = ['ana', 'ben'].map((founder) => logOf(founder, names));
    for (let round = 0; round < 6; round += 1) {
      const workspace = newId();
      const people = await Promise.all(
        logs.map(async (log, n) => {
          // Sometimes one is a little later, in the middle of the other's.
          await new Promise((resolve) => setTimeout(resolve, n * round * 15));
          return found(n, workspace, log);
        }),
      );
      await until(
        () => people.every(isAnswered),
        () => JSON.stringify(people.map(({ status }) => status)),
        30_000,
      );
      const winner = people.find(({ status }) => status.kind === 'synced');
      const losers = people.filter(({ status }) => status.kind === 'refused');
      expect(losers.map(({ status }) => status.reason)).toEqual(['workspace-taken']);

      // What stands is the winner's log, all of it and nothing else.
      const newcomer = await (winner as Person).invite();
      const { name } = openDecisions(newcomer.doc('decisions/root')).workspace.get('workspace') ?? {};
      expect(name).toMatch(new RegExp(`^${winner?.member ?? ''} ${names} x`));
      await Promise.all([...people, newcomer].map((person) => person.leave()));
    }
  },
);

test('a device whose connection broke while it founded goes on at another server, and is its founder', async () => {
  const log = logOf('ana', 1200);
  for (let round = 0; round < 4; round += 1) {
    const [workspace, device, store] = [newId(), await deviceOf(await newDeviceKeys()), new MemoryStore()];
    const at = (n: number) => Person.arrive({ url: cluster.url(n), workspace, device, store, log });
    const first = await at(0);
    await new Promise((resolve) => setTimeout(resolve, 20 + round * 40));
    const second = await at(1);
    await first.leave();
    await second.synced();
    expect([second.member, second.statuses.filter(({ kind }) => kind === 'refused')]).toEqual(['ana', []]);
    await second.leave();
  }
});
