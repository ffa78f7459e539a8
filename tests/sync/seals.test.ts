import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf } from '#lib/documents/content.ts';
import { openApprovals, openDecisions, openPlan } from '#lib/documents/documents.ts';
import { contentHash, hashOfDocuments } from '#lib/governance/approval/content.ts';
import type { Command } from '#lib/governance/command.ts';
import { transferOf } from '#tests/support/approvals.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { FlakyNetwork } from './support/flaky-network.ts';
import { Person, until } from './support/person.ts';

const PLAN = 'plan/fy27/root';
const MARCH = 'ledger/2027-03/root';

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start();
});
afterAll(() => server.dispose());

function lines(person: Person) {
  return openPlan(person.doc(PLAN)).lines;
}

function hashHere(person: Person, document: string): string {
  return contentHash(document, contentOf(document, person.doc(document)));
}

function wholeHash(person: Person): string {
  return hashOfDocuments([{ document: PLAN, hash: hashHere(person, PLAN) }]);
}

/** Ana's plan of two lines, also at Ben's. */
async function planned(): Promise<{ readonly ana: Person; readonly ben: Person }> {
  const ana = await Person.found(server.url);
  const ben = await ana.invite();
  lines(ana).insert({ ...makeLine({ id: 'cloud', name: 'Cloud' }), phases: { '2027-06': 60_000_00 }, formula: null });
  lines(ana).insert({ ...makeLine({ id: 'people', name: 'People' }), phases: { '2027-07': 8_000_00 }, formula: null });
  await ana.synced();
  ben.doc(PLAN);
  await until(() => [...lines(ben).all()].length === 2);
  return { ana, ben };
}

function submit(person: Person): Command {
  return { kind: 'submit', id: 'v1', subject: { kind: 'version', version: 'fy27' }, hash: wholeHash(person), note: '' };
}

test('A1: a submitted plan takes no more writes, and they are kept at whoever wrote them', async () => {
  const { ana, ben } = await planned();
  expect(await ana.ask({ ...submit(ana), hash: 'f'.repeat(64) } as Command)).toMatchObject({
    error: { kind: 'approval-refused', why: { kind: 'content-moved' } },
  });
  expect(await ana.ask(submit(ana))).toMatchObject({ ok: true });
  await until(() => [...openApprovals(ben.doc('approvals/root')).requests.all()].length === 1);
  lines(ben).revise('cloud', { '2027-06': 1 }, { member: ben.member, at: '2027-01-01T00:00:00.000Z' });
  await until(() => ben.store.parked.some(({ reason }) => reason === 'sealed'));
  expect(hashHere(ana, PLAN)).toBe(openApprovals(ana.doc('approvals/root')).requests.get('v1')?.documents[0]?.hash);
  expect(await ana.ask({ kind: 'withdraw', request: 'v1', reason: 'One more line' })).toMatchObject({ ok: true });
  lines(ana).revise('cloud', { '2027-06': 2 }, { member: ana.member, at: '2027-01-01T00:00:00.000Z' });
  await ana.synced();
  expect(ana.store.parked).toEqual([]);
  await Promise.all([ana.leave(), ben.leave()]);
});

test('A9: an approved transfer is written into the sealed plan, which stays sealed as it then is', async () => {
  const { ana, ben } = await planned();
  expect(await ana.ask(submit(ana))).toMatchObject({ ok: true });
  expect(await ana.ask({ kind: 'approve', request: 'v1', hash: wholeHash(ana), note: '' })).toMatchObject({
    error: { why: { kind: 'own-submission' } },
  });
  expect(await ben.ask({ kind: 'approve', request: 'v1', hash: wholeHash(ben), note: '' })).toMatchObject({ ok: true });
  expect(await ana.ask({ kind: 'transfer-budget', id: 't1', ...transferOf() })).toMatchObject({ ok: true });
  const { requests } = openApprovals(ben.doc('approvals/root'));
  await until(() => requests.get('t1') !== undefined);
  const hash = requests.get('t1')?.hash ?? '';
  expect(await ben.ask({ kind: 'approve', request: 't1', hash, note: '' })).toMatchObject({ ok: true });
  await until(() => lines(ana).get('people')?.phases['2027-07'] === 12_900_00);
  expect(lines(ana).get('cloud')?.phases['2027-06']).toBe(55_100_00);
  await until(() => requests.get('v1')?.documents[0]?.hash === hashHere(ana, PLAN));
  lines(ben).revise('cloud', { '2027-06': 1 }, { member: ben.member, at: '2027-01-01T00:00:00.000Z' });
  await until(() => ben.store.parked.some(({ reason }) => reason === 'sealed'));
  await Promise.all([ana.leave(), ben.leave()]);
});

test('A10, I4: what is posted late into a closed month counts in the next, with its date', async () => {
  const ana = await Person.found(server.url);
  const post = (id: string): Command => {
    const expenses = [makeExpense({ id, date: '2027-03-28' })];
    return { kind: 'post', expenses, generations: {}, batch: null, undatedAs: null };
  };
  expect(await ana.ask(post('in-time'))).toMatchObject({ ok: true });
  ana.doc(MARCH);
  await until(() => contentOf(MARCH, ana.doc(MARCH)).length === 1);
  const close: Command = { kind: 'close-period', period: '2027-03', hashes: { [MARCH]: hashHere(ana, MARCH) } };
  expect(await ana.ask(close)).toMatchObject({ ok: true });
  expect(await ana.ask(post('late'))).toMatchObject({
    value: [{ postings: [{ entry: { period: '2027-04', date: '2027-03-28' } }] }],
  });
  await ana.synced();
  expect(openDecisions(ana.doc('decisions/root')).periods.get('2027-03')).toMatchObject({ by: ana.member });
  await ana.leave();
});

test('A10, I4: what was given offline and dated in a month that closed meanwhile counts in the next, with its date', async () => {
  const network = await FlakyNetwork.to(server.port);
  const ana = await Person.found(server.url);
  const ben = await ana.invite({}, network.url);
  network.goDown();
  await until(() => ben.status.kind === 'unreachable');
  const expenses = [makeExpense({ id: 'late', date: '2027-03-28' })];
  const late = ben.ask({ kind: 'post', expenses, generations: {}, batch: null, undatedAs: null });
  expect(ben.status.pending).toBe(1);
  const close: Command = { kind: 'close-period', period: '2027-03', hashes: { [MARCH]: contentHash(MARCH, []) } };
  expect(await ana.ask(close)).toMatchObject({ ok: true });
  network.comeBack();
  ben.connection.tryNow();
  expect(await late).toMatchObject({ value: [{ postings: [{ entry: { period: '2027-04', date: '2027-03-28' } }] }] });
  await Promise.all([ana.leave(), ben.leave()]);
  network.close();
});

test('J6: 144,000 goes to the chief, whose delegate signs within the limit given; a change voids and routes anew', async () => {
  const ana = await Person.found(server.url);
  const head = await ana.invite({}, server.url, { role: 'budget-holder' });
  const chief = await ana.invite({}, server.url, { role: 'approver' });
  const deputy = await ana.invite({}, server.url, { role: 'approver', limit: 10_000_00 });
  lines(head).insert({ ...makeLine({ id: 'cloud', name: 'Cloud' }), phases: { '2027-06': 60_000_00 }, formula: null });
  lines(head).insert({ ...makeLine({ id: 'people', name: 'People' }), phases: { '2027-07': 8_000_00 }, formula: null });
  await head.synced();
  expect(await head.ask(submit(head))).toMatchObject({ ok: true });
  const sign = (request: string, hash: string): Command => ({ kind: 'approve', request, hash, note: '' });
  expect(await chief.ask(sign('v1', wholeHash(head)))).toMatchObject({ ok: true });

  const transfer = transferOf({ amount: 48_000_00, commitment: 144_000_00 });
  expect(await head.ask({ kind: 'transfer-budget', id: 't1', ...transfer })).toMatchObject({
    value: [{ kind: 'submitted', request: { value: 144_000_00 } }],
  });
  const { requests } = openApprovals(chief.doc('approvals/root'));
  await until(() => requests.get('t1') !== undefined);
  const asked = sign('t1', requests.get('t1')?.hash ?? '');
  const delegate = { kind: 'delegate', to: deputy.member, from: '2020-01-01', until: '2999-12-31' } as const;
  expect(await head.ask(asked)).toMatchObject({ error: { why: { kind: 'own-submission' } } });
  expect(await deputy.ask(asked)).toMatchObject({ error: { why: { kind: 'limit-too-low', limit: 10_000_00 } } });
  expect(await chief.ask({ ...delegate, id: 'd1', limit: 100_000_00 })).toMatchObject({ ok: true });
  expect(await deputy.ask(asked)).toMatchObject({ error: { why: { kind: 'limit-too-low', limit: 100_000_00 } } });
  expect(await chief.ask({ ...delegate, id: 'd2', limit: 150_000_00 })).toMatchObject({ ok: true });
  expect(await deputy.ask(asked)).toMatchObject({
    value: [{ kind: 'approved', approval: { by: deputy.member, for: chief.member } }, { kind: 'transferred' }],
  });

  const more = { ...transfer, commitment: 160_000_00 };
  expect(await head.ask({ kind: 'transfer-budget', id: 't1', ...more })).toMatchObject({ ok: true });
  await until(() => requests.get('t1')?.status === 'open');
  expect(requests.get('t1')?.voided).toMatchObject([
    { by: head.member, why: 'The transfer was changed: commitment.', approvals: [{ by: deputy.member }] },
  ]);
  expect(lines(head).get('cloud')?.phases['2027-06']).toBe(60_000_00);
  const again = sign('t1', requests.get('t1')?.hash ?? '');
  expect(await deputy.ask(again)).toMatchObject({ error: { why: { kind: 'limit-too-low', needed: 160_000_00 } } });
  expect(await chief.ask(again)).toMatchObject({ ok: true });
  await Promise.all([ana, head, chief, deputy].map((person) => person.leave()));
});
