import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { contentOf, factOf } from '#lib/documents/content.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { contentHash, hashOfDocuments } from '#lib/governance/approval/content.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { Person, rowOf, until } from './support/person.ts';
import { serverHere } from './support/server-here.ts';

const PLAN = 'plan/fy27/root';
const MARCH = 'ledger/2027-03/root';
const NOBODY = { head: 0, authors: [] };

function lines(person: Person) {
  return openPlan(person.doc(PLAN)).lines;
}

test('A13: what was sealed before a workspace is shared is sealed on the server as it was', async () => {
  const planned = newDocument();
  openPlan(planned).lines.insert({ ...makeLine({ id: 'cloud' }), phases: { '2027-06': 60_000_00 }, formula: null });
  const hash = contentHash(PLAN, contentOf(PLAN, planned));
  const closing = contentHash(MARCH, []);
  const decided = [
    { kind: 'close-period', period: '2027-03', hashes: { [MARCH]: closing } },
    {
      kind: 'submit',
      id: 'v1',
      subject: { kind: 'version', version: 'fy27' },
      hash: hashOfDocuments([{ document: PLAN, hash }]),
      note: '',
    },
  ] as const;
  const facts = {
    documents: new Map([
      [MARCH, factOf(MARCH, newDocument(), NOBODY)],
      [PLAN, factOf(PLAN, planned, NOBODY)],
    ]),
  };
  const storage = openSqlite(':memory:');
  const here = await serverHere('', { storage });
  const ana = await Person.found(here.url, decided, facts);
  expect(await storage.sealOf(ana.workspace, MARCH)).toEqual({ document: MARCH, head: 0, hash: closing });
  expect(
    await ana.ask({
      kind: 'post',
      expenses: [makeExpense({ id: 'late', date: '2027-03-28' })],
      generations: {},
      batch: null,
      undatedAs: null,
    }),
  ).toMatchObject({
    value: [{ postings: [{ entry: { period: '2027-04', date: '2027-03-28' } }] }],
  });

  // The plan arrives after the log.
  expect(await storage.sealOf(ana.workspace, PLAN)).toBeNull();
  const typed = rowOf(PLAN, Y.encodeStateAsUpdate(planned));
  ana.store.append(typed);
  ana.connection.push(typed);
  await ana.synced();
  const ben = await ana.invite();
  expect(await storage.sealOf(ana.workspace, PLAN)).toMatchObject({ document: PLAN, hash });
  expect(contentHash(PLAN, contentOf(PLAN, planned))).toBe(hash);
  ben.doc(PLAN);
  await until(() => [...lines(ben).all()].length === 1);
  lines(ben).revise('cloud', { '2027-06': 1 }, { member: ben.member, at: '2027-01-01T00:00:00.000Z' });
  await until(() => ben.store.parked.some(({ reason }) => reason === 'sealed'));
  expect(
    await ben.ask({ kind: 'approve', request: 'v1', hash: hashOfDocuments([{ document: PLAN, hash }]), note: '' }),
  ).toMatchObject({ ok: true });
  await Promise.all([ana.leave(), ben.leave()]);
  await here.stop();
});
