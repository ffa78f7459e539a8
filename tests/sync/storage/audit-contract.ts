import { afterEach, beforeEach, expect, test } from 'vitest';
import { renewedIncarnation } from '#lib/documents/incarnation.ts';
import { verifyChain } from '#lib/governance/audit/chain.ts';
import { EMPTY_CHAIN } from '#lib/governance/audit/entry.ts';
import type { AuditEntry } from '#lib/governance/audit/entry.ts';
import { rootOfHashes, updateRoot } from '#lib/governance/audit/merkle.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { IncomingRow, Storage } from '#server/storage/storage.ts';
import { DECIDER } from '#server/update/client-binding.ts';
import type { Place } from './contract.ts';
import { makeDecision, Typist } from './rows.ts';

/** What every storage must do about the audit chain. */
export function auditContract(newPlace: () => Place | Promise<Place>): void {
  let place: Place;
  let storage: Storage;

  beforeEach(async () => {
    place = await newPlace();
    storage = await place.open();
  });
  afterEach(async () => {
    await storage.close();
    await place.remove();
  });

  async function entries(workspace = 'w'): Promise<readonly AuditEntry[]> {
    const page = await storage.audit(workspace, 0, 1000);
    expect(page.damagedAt).toBeNull();
    return page.entries;
  }
  const rootOf = (...rows: readonly IncomingRow[]): string => updateRoot(rows.map(({ bytes }) => bytes));

  test('A1: each author and document of a transaction has one entry, with the root of what was new', async () => {
    const ana = new Typist();
    const ben = new Typist({ author: { member: 'ben', device: 'phone' }, document: 'plan/v/root' });
    const elsewhere = new Typist({ workspace: 'other' });
    const [a, b, c, d] = [ana.type('a', 1), ben.type('b', 2), ana.type('c', 3), ana.type('d', 4)];
    await storage.append([a, b, c, elsewhere.type('x', 1)]);
    await storage.append([c, d]);
    const chain = await entries();
    const batch = { kind: 'batch', contents: { member: 'ana', device: 'laptop', document: 'core', incarnation: 'i1' } };
    expect(chain).toMatchObject([
      { seq: 1, contents: { ...batch.contents, first: 1, last: 2, root: rootOf(a, c) } },
      { seq: 2, contents: { member: 'ben', document: 'plan/v/root', first: 1, last: 1, root: rootOf(b) } },
      { seq: 3, contents: { ...batch.contents, first: 3, last: 3, root: rootOf(d) } },
    ]);
    expect(verifyChain(chain)).toEqual({ ok: true, value: await storage.auditHead('w') });
    expect(await entries('other')).toMatchObject([{ seq: 1, previous: EMPTY_CHAIN.hash }]);
  });

  test('A1: what was refused, stale or here already is in no entry', async () => {
    const ana = new Typist();
    const kept = ana.type('a', 1);
    await storage.append([kept]);
    const head = await storage.auditHead('w');
    const thief = { ...ana.type('b', 2), author: { member: 'ben', device: 'phone' } };
    await storage.append([kept, thief, { ...ana.type('c', 3), incarnation: 'i2' }]);
    expect(await storage.auditHead('w')).toEqual(head);
    expect(await storage.auditHead('nowhere')).toEqual(EMPTY_CHAIN);
  });

  test('A1: a decision and the rows it writes are in the chain by its commit, or not at all', async () => {
    const rows = [new Typist({ author: DECIDER, document: 'ledger/2027-01/root' }).type('e', 1)];
    const entry = { seq: 1, hash: 'h1', command: 'post', by: 'ana' } as unknown as LogEntry;
    const seals = [{ document: 'core', head: 9, hash: 'h', snapshot: new Uint8Array() }];
    expect(await storage.commitDecision(makeDecision({ entries: [entry], rows, seals }))).toMatchObject({ ok: false });
    expect(await entries()).toEqual([]);
    await storage.commitDecision(makeDecision({ entries: [entry], rows }));
    const chain = await entries();
    expect(chain).toMatchObject([
      { seq: 1, kind: 'decision', contents: { log: 1, logHash: 'h1', command: 'post', by: 'ana' } },
      { seq: 2, kind: 'batch', contents: { member: 'decider', document: 'ledger/2027-01/root' } },
    ]);
    expect(verifyChain(chain).ok).toBe(true);
  });

  test('A8: erased contents are gone and the chain verifies', async () => {
    const ana = new Typist();
    for (const key of ['a', 'b', 'c']) await storage.append([ana.type(key, 1)]);
    const head = await storage.auditHead('w');
    await storage.eraseAudit('w', [2]);
    const chain = await entries();
    expect(chain.map(({ contents }) => contents === null)).toEqual([false, true, false]);
    expect(verifyChain(chain, [head])).toEqual({ ok: true, value: head });
    expect((await storage.audit('w', 1, 1)).entries).toEqual(chain.slice(1, 2));
  });

  test('A17: compaction keeps the hash of every update, so that the root of each batch can still be worked out', async () => {
    const ana = new Typist();
    for (let n = 0; n < 60; n += 1) {
      await storage.append(Array.from({ length: 10 }, (_, k) => ana.type(`k${n}-${k}`, n)));
      if (n === 40) await storage.compact('w', 'core');
    }
    const expectAll = async (rows: number) => {
      const hashes = await storage.updateHashes('w', 'core', 1, rows);
      expect(hashes.size).toBe(rows);
      for (const { contents } of await entries()) {
        if (contents === null || !('root' in contents)) throw new Error('only batches were written');
        const { first, last, root } = contents;
        const own = Array.from({ length: last - first + 1 }, (_, n) => hashes.get(first + n) ?? '');
        expect(rootOfHashes(own)).toBe(root);
      }
    };
    await expectAll(600);
    expect(await storage.compact('w', 'core')).toBe(false);
    await storage.append(Array.from({ length: 200 }, (_, n) => ana.type(`later${n}`, n)));
    expect(await storage.compact('w', 'core')).toBe(true);
    expect((await storage.rows('w', 'core', 0, 1e9)).rows.length).toBeLessThan(10);
    await storage.close();
    storage = await place.open();
    await expectAll(800);
    expect([...(await storage.updateHashes('w', 'core', 7, 8)).keys()]).toEqual([7, 8]);
    expect(await storage.updateHashes('other', 'core', 1, 600)).toEqual(new Map());
  });

  test('A17: a document that begins anew keeps no hash of what was in it', async () => {
    const ana = new Typist();
    await storage.append(Array.from({ length: 600 }, (_, n) => ana.type(`k${n}`, n)));
    await storage.compact('w', 'core');
    const incarnation = renewedIncarnation('i2');
    await storage.reincarnate('w', 'core', incarnation, [{ ...new Typist().type('z', 26), incarnation }]);
    expect((await storage.updateHashes('w', 'core', 1, 600)).size).toBe(1);
  });

  test('A6: an entry that is no longer what was written is reported; those after it can be read on', async () => {
    const ana = new Typist();
    for (const key of ['a', 'b', 'c']) await storage.append([ana.type(key, 1)]);
    await storage.close();
    await place.damageAudit(2);
    storage = await place.open();
    expect(await storage.audit('w', 0, 9)).toMatchObject({ entries: [{ seq: 1 }], damagedAt: 2 });
    expect(await storage.audit('w', 2, 9)).toMatchObject({ entries: [{ seq: 3 }], damagedAt: null });
  });
}
