import { afterEach, beforeEach, expect, test } from 'vitest';
import { renewedIncarnation } from '#lib/documents/incarnation.ts';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { StorageWithAccounts } from '#server/accounts/account-storage.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { Joiner, Storage } from '#server/storage/storage.ts';
import { DECIDER } from '#server/update/client-binding.ts';
import { contentOf, makeDecision, makeRow, Typist } from './rows.ts';

/** A storage on a fresh place, and how to open the same place again and to damage one row's bytes in it. */
export interface Place {
  open(): StorageWithAccounts | Promise<StorageWithAccounts>;
  damage(document: string, seq: number): void | Promise<void>;
  /** Takes a row away. */
  lose(document: string, seq: number): void | Promise<void>;
  /** Changes what an audit entry of workspace `w` says: `core` into `cord`. */
  damageAudit(seq: number): void | Promise<void>;
  remove(): void | Promise<void>;
}

/** What every storage must do; each implementation runs these same tests. */
export function storageContract(newPlace: () => Place | Promise<Place>): void {
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

  async function reopen(): Promise<void> {
    await storage.close();
    storage = await place.open();
  }

  test('rows get the numbers 1, 2, 3 in the order they came, and are there after reopening', async () => {
    const ana = new Typist();
    const rows = [ana.type('a', 1), ana.type('b', 2), ana.type('c', 3)];
    expect(await storage.append(rows)).toMatchObject([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
    await reopen();
    expect(await storage.heads('w')).toEqual([{ document: 'core', incarnation: 'i1', head: 3 }]);
    const page = await storage.rows('w', 'core', 1, 1e6);
    expect(page.rows.map((row) => [row.first, row.seq, row.key])).toEqual([
      [2, 2, rows[1]?.key],
      [3, 3, rows[2]?.key],
    ]);
    expect(contentOf((await storage.rows('w', 'core', 0, 1e6)).rows)).toEqual({ a: 1, b: 2, c: 3 });
  });

  test('a row delivered twice is one row, also in one batch, also after compaction', async () => {
    const ana = new Typist();
    const first = ana.type('a', 1);
    expect(await storage.append([first, first])).toMatchObject([
      { kind: 'appended', seq: 1 },
      { kind: 'duplicate', seq: 1 },
    ]);
    await storage.append(Array.from({ length: 400 }, (_, n) => ana.type(`k${n}`, n)));
    expect(await storage.compact('w', 'core')).toBe(true);
    expect(await storage.append([first])).toEqual([{ kind: 'duplicate', seq: 1 }]);
  });

  test('a page ends before it grows too large, and holds at least one row', async () => {
    const ana = new Typist();
    await storage.append([ana.type('a', 'x'.repeat(5000)), ana.type('b', 'x'.repeat(5000)), ana.type('c', 1)]);
    expect((await storage.rows('w', 'core', 0, 100)).rows.map((row) => row.seq)).toEqual([1]);
    expect((await storage.rows('w', 'core', 1, 1e6)).rows.map((row) => row.seq)).toEqual([2, 3]);
  });

  test('client ids belong to the first who wrote under them; whoever else adds to one is refused', async () => {
    const ana = new Typist();
    const mine = ana.type('a', 1);
    const next = ana.type('b', 2);
    expect(await storage.append([mine])).toMatchObject([{ bound: [{ client: ana.doc.clientID, member: 'ana' }] }]);
    const thief = { member: 'ben', device: 'phone' };
    expect(await storage.append([{ ...next, key: 'stolen', author: thief }])).toEqual([
      { kind: 'refused', reason: 'client-taken' },
    ]);
    expect(await storage.append([{ ...mine, key: 'echo', author: thief }])).toMatchObject([{ kind: 'appended' }]);
    const { clients } = await storage.rows('w', 'core', 0, 1e6);
    expect(clients).toEqual([{ client: ana.doc.clientID, member: 'ana' }]);
    expect((await storage.rows('w', 'core', 1, 1e6)).clients).toEqual([]);
  });

  test('a refused row takes the later ones of its sender with it, and nobody else’s', async () => {
    const ana = new Typist();
    await storage.append([ana.type('a', 1)]);
    const author = { member: 'ben', device: 'phone' };
    const ben = new Typist({ author });
    const cleo = new Typist({ author: { member: 'cleo', device: 'tablet' } });
    const rows = [{ ...ana.type('b', 2), author }, ben.type('c', 3), cleo.type('d', 4)];
    expect((await storage.append(rows)).map((appended) => appended.kind)).toEqual(['refused', 'refused', 'appended']);
  });

  test('a document goes on under its incarnation, and a row for another is stale', async () => {
    const ana = new Typist();
    await storage.append([ana.type('a', 1)]);
    expect(await storage.append([{ ...ana.type('b', 2), incarnation: 'i2' }])).toEqual([{ kind: 'stale' }]);
    const anew = new Typist();
    await storage.reincarnate('w', 'core', 'i2', [{ ...anew.type('z', 26), incarnation: 'i2' }]);
    expect(await storage.heads('w')).toEqual([{ document: 'core', incarnation: 'i2', head: 1 }]);
    expect(contentOf((await storage.rows('w', 'core', 0, 1e6)).rows)).toEqual({ z: 26 });
  });

  test('compaction merges small rows and changes neither the head nor the content', async () => {
    const ana = new Typist();
    await storage.append(Array.from({ length: 600 }, (_, n) => ana.type(`k${n % 50}`, n)));
    const before = contentOf((await storage.rows('w', 'core', 0, 1e9)).rows);
    expect(await storage.compact('w', 'core')).toBe(true);
    const { rows } = await storage.rows('w', 'core', 0, 1e9);
    expect(rows.length).toBeLessThan(10);
    expect([rows[0]?.first, rows.at(-1)?.seq]).toEqual([1, 600]);
    expect(contentOf(rows)).toEqual(before);
    expect(await storage.compact('w', 'core')).toBe(false);
  });

  test('compaction never merges over a gap', async () => {
    const ana = new Typist();
    const early = Array.from({ length: 300 }, (_, n) => ana.type(`k${n}`, n));
    const missing = ana.type('missing', 0);
    const late = Array.from({ length: 300 }, (_, n) => ana.type(`l${n}`, n));
    await storage.append([...early, ...late]);
    await storage.compact('w', 'core');
    const { rows } = await storage.rows('w', 'core', 0, 1e9);
    expect(rows.some((row) => row.first <= 300 && row.seq > 300)).toBe(false);
    await storage.append([missing]);
    const all = (await storage.rows('w', 'core', 0, 1e9)).rows;
    expect(Object.keys(contentOf(all))).toHaveLength(601);
    expect((await storage.clocks('w', 'core')).get(ana.doc.clientID)).toBe(601);
  });

  test('compaction holds up neither writers nor whoever is in the middle of reading', async () => {
    const ana = new Typist();
    await storage.append(Array.from({ length: 600 }, (_, n) => ana.type(`k${n}`, 'x'.repeat(100))));
    const read = [...(await storage.rows('w', 'core', 0, 20_000)).rows];
    expect(read.length).toBeLessThan(200);
    const compacting = storage.compact('w', 'core');
    await new Promise(setImmediate);
    const late = [ana.type('late', 1), ana.type('later', 2)];
    expect(await storage.append(late)).toMatchObject([{ seq: 601 }, { seq: 602 }]);
    expect(await compacting).toBe(true);
    for (let page = read; page.length > 0; read.push(...page)) {
      page = [...(await storage.rows('w', 'core', read.at(-1)?.seq ?? 0, 20_000)).rows];
    }
    expect(Object.keys(contentOf(read))).toHaveLength(602);
    const { rows } = await storage.rows('w', 'core', 0, 1e9);
    expect(Object.keys(contentOf(rows))).toHaveLength(602);
    expect(rows.length).toBeLessThan(50);
  });

  test('a document that begins anew while it is compacted has nothing of what it had', async () => {
    const ana = new Typist();
    await storage.append(Array.from({ length: 600 }, (_, n) => ana.type(`k${n}`, 'x'.repeat(100))));
    const compacting = storage.compact('w', 'core');
    await new Promise(setImmediate);
    const incarnation = renewedIncarnation('i2');
    await storage.reincarnate('w', 'core', incarnation, [{ ...new Typist().type('z', 26), incarnation }]);
    await compacting;
    expect(contentOf((await storage.rows('w', 'core', 0, 1e9)).rows)).toEqual({ z: 26 });
    expect(await storage.heads('w')).toEqual([{ document: 'core', incarnation, head: 1 }]);
  });

  test('closing waits for what is being compacted', async () => {
    const ana = new Typist();
    await storage.append(Array.from({ length: 600 }, (_, n) => ana.type(`k${n}`, 'x'.repeat(100))));
    const compacting = storage.compact('w', 'core');
    await new Promise(setImmediate);
    await reopen();
    expect(await compacting).toBe(true);
    expect(Object.keys(contentOf((await storage.rows('w', 'core', 0, 1e9)).rows))).toHaveLength(600);
  });

  test('a flipped bit is found: reading stops before it and says where', async () => {
    const ana = new Typist();
    await storage.append([ana.type('a', 1), ana.type('b', 2), ana.type('c', 3)]);
    await storage.close();
    await place.damage('core', 2);
    storage = await place.open();
    expect(await storage.rows('w', 'core', 0, 1e6)).toMatchObject({ rows: [{ seq: 1 }], damagedAt: 2 });
    expect(await storage.rows('w', 'core', 2, 1e6)).toMatchObject({ rows: [{ seq: 3 }], damagedAt: null });
  });

  test('a row that is gone is noticed: reading stops before it and says where', async () => {
    const ana = new Typist();
    await storage.append([ana.type('a', 1), ana.type('b', 2), ana.type('c', 3)]);
    await storage.close();
    await place.lose('core', 2);
    storage = await place.open();
    expect(await storage.rows('w', 'core', 0, 1e6)).toMatchObject({ rows: [{ seq: 1 }], damagedAt: 2 });
    expect(await storage.rows('w', 'core', 1, 1e6)).toMatchObject({ rows: [], damagedAt: 2 });
    expect(await storage.rows('w', 'core', 2, 1e6)).toMatchObject({ rows: [{ seq: 3 }], damagedAt: null });
  });

  test('a workspace is there when its founding is complete, and not before', async () => {
    const founder = { member: 'ana', device: 'laptop', publicKey: new Uint8Array([1]), at: '2027-01-01T00:00:00Z' };
    expect(await storage.beginFounding('w', founder.at)).toMatchObject({ ok: true });
    await storage.append([new Typist().type('a', 1)]);
    expect(await storage.workspace('w')).toBeNull();
    await storage.beginFounding('w', founder.at);
    expect(await storage.heads('w')).toEqual([]);
    expect(await storage.finishFounding('w', founder, EMPTY_LOG)).toEqual({ ok: true, value: null });
    expect(await storage.workspace('w')).toEqual({ id: 'w', founder: 'ana' });
    expect(await storage.device('w', 'laptop')).toMatchObject({ member: 'ana', publicKey: founder.publicKey });
    expect(await storage.beginFounding('w', founder.at)).toEqual({ ok: false, error: 'taken' });
  });

  test('of two foundings at once one is completed: the one whose log stands', async () => {
    const at = '2027-01-01T00:00:00Z';
    const [ana, ben] = ['ana', 'ben'].map((member) => ({ member, device: member, publicKey: new Uint8Array([1]), at }));
    const logOf = (hash: string) => makeDecision({ entries: [{ seq: 1, hash } as unknown as LogEntry] });
    await storage.beginFounding('w', at);
    await storage.commitDecision(logOf('of ana'));
    await storage.beginFounding('w', at);
    const overtaken = { ok: false, error: 'overtaken' };
    const anas = { seq: 1, hash: 'of ana' };
    expect(await storage.finishFounding('w', ana as Joiner, anas)).toEqual(overtaken);
    await storage.commitDecision(logOf('of ben'));
    expect(await storage.finishFounding('w', ana as Joiner, anas)).toEqual(overtaken);
    expect(await storage.workspace('w')).toBeNull();
    const bens = { seq: 1, hash: 'of ben' };
    expect(await storage.finishFounding('w', ben as Joiner, bens)).toMatchObject({ ok: true });
    expect(await storage.finishFounding('w', ana as Joiner, bens)).toEqual(overtaken);
    expect([await storage.workspace('w'), await storage.device('w', 'ana')]).toEqual([
      { id: 'w', founder: 'ben' },
      null,
    ]);
  });

  test('a decision makes devices somebody’s, in its workspace only, or not at all', async () => {
    const joiner = { member: 'ben', device: 'phone', publicKey: new Uint8Array([2]), at: '2027-01-01T00:00:00Z' };
    const refused = makeDecision({ joiners: [joiner], head: { seq: 1, hash: 'another' } });
    expect(await storage.commitDecision(refused)).toEqual({ ok: false, error: 'head-moved' });
    expect(await storage.device('w', 'phone')).toBeNull();
    expect(await storage.commitDecision(makeDecision({ joiners: [joiner] }))).toMatchObject({ ok: true });
    expect(await storage.device('w', 'phone')).toEqual({ id: 'phone', member: 'ben', publicKey: new Uint8Array([2]) });
    expect(await storage.device('other', 'phone')).toBeNull();
  });

  test('a decision, its rows and its answer are there together, or not at all', async () => {
    const entry = { seq: 1, hash: 'h1' } as unknown as LogEntry;
    const rows = [new Typist({ author: DECIDER, document: 'ledger/2027-01/root' }).type('e', 1)];
    const answers = [{ command: 'c1', member: 'ana', answer: '{}' }];
    const decision = makeDecision({ entries: [entry], rows, answers });
    expect(await storage.commitDecision(decision)).toMatchObject({ ok: true, value: [{ seq: 1 }] });
    expect(await storage.commitDecision(decision)).toEqual({ ok: false, error: 'head-moved' });
    const head = { seq: 1, hash: 'h1' };
    await expect(storage.commitDecision({ ...decision, head })).rejects.toThrow();
    await reopen();
    expect(await storage.logHead('w')).toEqual(head);
    expect(await storage.log('w', 0, 10)).toEqual([entry]);
    expect(await storage.answer('w', 'c1')).toEqual({ member: 'ana', answer: '{}' });
    expect(await storage.heads('w')).toMatchObject([{ document: 'ledger/2027-01/root', head: 1 }]);
  });

  test('a decision erases what the log said, and lets documents begin anew, in its commit or not at all', async () => {
    const ana = new Typist();
    await storage.append([ana.type('name', 'Ben Okafor')]);
    const entry = { seq: 1, hash: 'h1', commandId: 'c1', contents: 'Ben Okafor' } as unknown as LogEntry;
    const answers = [{ command: 'c1', member: 'ana', answer: 'Ben Okafor' }];
    await storage.commitDecision(makeDecision({ entries: [entry], answers }));
    const incarnation = renewedIncarnation('i2');
    const remains = [{ kind: 'workspace-renamed', name: 'x' }] as const;
    const redacted = { ...entry, contents: null, remains } as unknown as LogEntry;
    const erasing = makeDecision({
      head: { seq: 1, hash: 'h1' },
      rows: [{ ...new Typist({ author: DECIDER }).type('name', 'Former member 1'), incarnation }],
      renewals: [{ document: 'core', incarnation }],
      redactions: [redacted],
    });
    expect(await storage.commitDecision({ ...erasing, head: EMPTY_LOG })).toMatchObject({ ok: false });
    expect(await storage.heads('w')).toMatchObject([{ incarnation: 'i1' }]);
    expect(await storage.commitDecision(erasing)).toMatchObject({ ok: true, value: [{ seq: 1 }] });
    await reopen();
    expect(contentOf((await storage.rows('w', 'core', 0, 1e6)).rows)).toEqual({ name: 'Former member 1' });
    expect(await storage.heads('w')).toEqual([{ document: 'core', incarnation, head: 1 }]);
    expect(await storage.log('w', 0, 9)).toEqual([redacted]);
    expect(JSON.stringify(await storage.answer('w', 'c1'))).not.toMatch(/Ben/);
  });

  test('the devices of a member are listed, and forgotten', async () => {
    const at = '2027-01-01T00:00:00Z';
    await storage.beginFounding('w', at);
    await storage.addDevice('w', { member: 'ben', device: 'phone', publicKey: new Uint8Array([2]), at });
    await storage.addDevice('w', { member: 'ana', device: 'laptop', publicKey: new Uint8Array([3]), at });
    expect(await storage.devicesOf('w', 'ben')).toEqual([{ id: 'phone', joinedAt: at }]);
    await storage.forgetDevices('w', 'ben');
    expect(await storage.device('w', 'phone')).toBeNull();
    expect(await storage.device('w', 'laptop')).toMatchObject({ member: 'ana' });
    expect(await storage.workspaces()).toEqual([]);
  });

  test('a sealed document takes nothing any more but what it has already, until it is opened again', async () => {
    const ana = new Typist();
    const kept = ana.type('a', 1);
    await storage.append([kept]);
    const seal = { document: 'core', head: 1, hash: 'h', snapshot: new Uint8Array([7, 7]) };
    expect(await storage.commitDecision(makeDecision({ seals: [seal] }))).toEqual({ ok: true, value: [] });
    await reopen();
    const late = ana.type('b', 2);
    expect(await storage.append([kept, late, ana.type('c', 3)])).toEqual([
      { kind: 'duplicate', seq: 1 },
      { kind: 'refused', reason: 'sealed' },
      { kind: 'refused', reason: 'sealed' },
    ]);
    expect(await storage.append([new Typist({ document: 'plan/v/root' }).type('d', 4)])).toMatchObject([{ seq: 1 }]);
    expect(await storage.sealOf('w', 'core')).toEqual({ document: 'core', head: 1, hash: 'h' });
    expect(await storage.sealOf('other', 'core')).toBeNull();

    expect(await storage.commitDecision(makeDecision({ unseals: ['core'] }))).toMatchObject({ ok: true });
    expect(await storage.append([late])).toMatchObject([{ kind: 'appended', seq: 2 }]);
    expect(await storage.sealOf('w', 'core')).toBeNull();
    expect(await storage.snapshot('w', 'h')).toEqual(seal.snapshot);
    expect(await storage.snapshot('other', 'h')).toBeNull();
  });

  test('a document is sealed at the head it was judged at and without a gap, or nothing is committed', async () => {
    const ana = new Typist();
    const [first, missing, late] = [ana.type('a', 1), ana.type('b', 2), ana.type('c', 3)];
    await storage.append([first]);
    const entries = [{ seq: 1, hash: 'h1' } as unknown as LogEntry];
    const sealAt = (head: number) =>
      makeDecision({ entries, nextEpoch: true, seals: [{ document: 'core', head, hash: 'h', snapshot: first.bytes }] });
    const moved = { ok: false, error: 'document-moved' };
    expect(await storage.commitDecision(sealAt(0))).toEqual(moved);
    expect(await storage.commitDecision(sealAt(2))).toEqual(moved);
    await storage.append([late]);
    expect(await storage.commitDecision(sealAt(2))).toEqual(moved);
    expect([await storage.sealOf('w', 'core'), await storage.epoch('w'), await storage.log('w', 0, 9)]).toEqual([
      null,
      0,
      [],
    ]);
    expect(await storage.snapshot('w', 'h')).toBeNull();
    await storage.append([missing]);
    expect(await storage.commitDecision(sealAt(3))).toMatchObject({ ok: true });
    expect(await storage.log('w', 0, 9)).toEqual(entries);
  });

  test('the decider writes into a sealed document and seals it anew, in one commit', async () => {
    const document = 'plan/v/root';
    const decider = new Typist({ author: DECIDER, document });
    const ana = new Typist({ document });
    await storage.append([ana.type('a', 1)]);
    const sealed = (head: number, hash: string) => ({ document, head, hash, snapshot: new Uint8Array([head]) });
    await storage.commitDecision(makeDecision({ seals: [sealed(1, 'before')] }));
    const transfer = makeDecision({ rows: [decider.type('b', 2)], seals: [sealed(2, 'after')] });
    expect(await storage.commitDecision(transfer)).toMatchObject({ ok: true, value: [{ kind: 'appended', seq: 2 }] });
    expect(await storage.sealOf('w', document)).toEqual({ document, head: 2, hash: 'after' });
    expect(await storage.snapshot('w', 'before')).toEqual(new Uint8Array([1]));
    expect(await storage.append([ana.type('c', 3)])).toEqual([{ kind: 'refused', reason: 'sealed' }]);
  });

  test('a document without a row can be sealed: it then never begins', async () => {
    await storage.commitDecision(
      makeDecision({ seals: [{ document: 'core', head: 0, hash: 'h', snapshot: new Uint8Array() }] }),
    );
    expect(await storage.append([new Typist().type('a', 1)])).toEqual([{ kind: 'refused', reason: 'sealed' }]);
    expect(await storage.heads('w')).toEqual([]);
  });

  test('what was judged under other rights is not written; the same rows are, judged again', async () => {
    const ana = new Typist();
    const kept = ana.type('a', 1);
    await storage.append([kept]);
    await storage.commitDecision(makeDecision({ nextEpoch: true }));
    await reopen();
    expect([await storage.epoch('w'), await storage.epoch('other')]).toEqual([1, 0]);
    const rows = [ana.type('b', 2), ana.type('c', 3)];
    expect(await storage.append([kept, ...rows])).toEqual([
      { kind: 'duplicate', seq: 1 },
      { kind: 'epoch-moved', epoch: 1 },
      { kind: 'epoch-moved', epoch: 1 },
    ]);
    const again = rows.map((row) => ({ ...row, epoch: 1 }));
    expect(await storage.append(again)).toMatchObject([{ seq: 2 }, { seq: 3 }]);
    expect(await storage.append([new Typist({ workspace: 'other' }).type('d', 4)])).toMatchObject([{ seq: 1 }]);
  });

  test('an empty update is a row like any other', async () => {
    expect(await storage.append([makeRow(new Uint8Array([0, 0]))])).toMatchObject([{ kind: 'appended', seq: 1 }]);
  });
}
