import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '#server/storage/postgres.ts';
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { auditContract } from '#tests/sync/storage/audit-contract.ts';
import { storageContract } from '#tests/sync/storage/contract.ts';
import type { Place } from '#tests/sync/storage/contract.ts';
import { raceContract } from '#tests/sync/storage/race-contract.ts';
import { makeDecision, Typist } from '#tests/sync/storage/rows.ts';

let postgres: PostgresProcess;
beforeAll(async () => {
  postgres = await PostgresProcess.start();
});
afterAll(() => postgres.dispose());

function open(url: string) {
  return openPostgres(url, () => undefined);
}

const newPlace = async (): Promise<Place> => {
  const url = await postgres.newDatabase();
  return {
    open: () => open(url),
    damage: async (document, seq) => {
      await postgres.query(
        url,
        `UPDATE rows SET bytes = set_byte(bytes, length(bytes) - 3, get_byte(bytes, length(bytes) - 3) # 4)
          WHERE seq = $1 AND document = (SELECT id FROM documents WHERE name = $2)`,
        [seq, document],
      );
    },
    lose: async (document, seq) => {
      await postgres.query(
        url,
        'DELETE FROM rows WHERE seq = $1 AND document = (SELECT id FROM documents WHERE name = $2)',
        [seq, document],
      );
    },
    damageAudit: async (seq) => {
      await postgres.query(url, `UPDATE audit SET contents = replace(contents, 'core', 'cord') WHERE seq = $1`, [seq]);
    },
    remove: () => postgres.drop(url),
  };
};

describe('PostgreSQL', () => {
  storageContract(newPlace);
  auditContract(newPlace);
  raceContract(newPlace);

  test('two servers append to one document: every number is given once, in the order of commits', async () => {
    const url = await postgres.newDatabase();
    const servers = await Promise.all([open(url), open(url)]);
    const typists = servers.map((_, n) => new Typist({ author: { member: `m${n}`, device: `d${n}` } }));
    const batches = servers.flatMap((server, n) =>
      Array.from({ length: 20 }, () => {
        const typist = typists[n] as Typist;
        const rows = [typist.type('a', 1), typist.type('b', 2)];
        return { server, rows };
      }),
    );
    const [first] = batches;
    // Whoever is first gives the document its incarnation and its first number.
    await first?.server.append(first.rows);
    const rest = await Promise.all(batches.slice(1).map(({ server, rows }) => server.append(rows)));
    const seqs = rest.flat().map((appended) => (appended.kind === 'appended' ? appended.seq : -1));
    expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 78 }, (_, n) => n + 3));
    expect((await servers[0].rows('w', 'core', 0, 1e6)).rows).toHaveLength(80);
    await Promise.all(servers.map((server) => server.close()));
  });

  test('what one server wrote, sealed or decided, another one finds by its number', async () => {
    const url = await postgres.newDatabase();
    const [one, other] = await Promise.all([open(url), open(url)]);
    expect(await other.position('w')).toBe(0);
    await one.append([new Typist().type('a', 1), new Typist({ document: 'plan/v/root' }).type('a', 1)]);
    const since = await other.position('w');
    await one.append([new Typist().type('b', 2)]);
    await one.commitDecision(makeDecision({ nextEpoch: true }));
    const found = await other.changes(
      new Map([
        ['w', since],
        ['unknown', 0],
      ]),
    );
    expect(found).toEqual([
      {
        workspace: 'w',
        version: since + 2,
        epoch: 1,
        heads: [{ document: 'core', incarnation: 'i1', head: 2 }],
      },
    ]);
    expect(await other.changes(new Map([['w', since + 2]]))).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  test('a database that is gone is told apart, and works again when it is back', async () => {
    const storage = await open(await postgres.newDatabase());
    const ana = new Typist();
    await storage.append([ana.type('a', 1)]);
    await postgres.kill();
    await expect(storage.append([ana.type('b', 2)])).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(storage.heads('w')).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(storage.probe()).rejects.toMatchObject({ kind: 'unreachable' });
    await postgres.startAgain();
    await storage.probe();
    expect(await storage.heads('w')).toMatchObject([{ head: 1 }]);
    await storage.close();
  });

  test('a key may be anything a device sends', async () => {
    const storage = await open(await postgres.newDatabase());
    const row = { ...new Typist().type('a', 1), key: '\0"{},\\x é' };
    expect(await storage.append([row])).toMatchObject([{ seq: 1 }]);
    expect(await storage.append([row])).toEqual([{ kind: 'duplicate', seq: 1 }]);
    expect((await storage.rows('w', 'core', 0, 1e6)).rows[0]?.key).toBe(row.key);
    await storage.close();
  });

  test('a database that a newer server wrote is refused', async () => {
    const url = await postgres.newDatabase();
    await (await open(url)).close();
    await postgres.query(url, 'UPDATE schema_version SET version = 99');
    await expect(open(url)).rejects.toMatchObject({ kind: 'too-new' });
  });
});
