/** Why an expense came back is between whoever captured it and finance. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openDecisions, openInbox, openLedger, openReturns } from '#lib/documents/documents.ts';
import { newId } from '#lib/domain/id.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import { appendDecision, headOf } from '#lib/governance/decision-log.ts';
import type { Command } from '#lib/governance/command.ts';
import { ChainLine } from '#lib/sync/chain-line.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { given, localLog } from './support/found-log.ts';
import { Person, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start();
});
afterAll(() => server.dispose());

const REASON = 'Zebra reason: the hotel bar is not IT';
const AREAS: readonly Command[] = ['ops', 'lab'].map((id) => ({
  kind: 'add-department',
  id,
  version: { from: null, name: id, code: '', parentId: 'root', managerId: null },
  area: true,
}));

/** The entries of an area's ledger as this person has them. */
function ledger(person: Person, area = 'ops'): readonly LedgerEntry[] {
  return [...openLedger(person.doc(`ledger/2027-03/${area}`)).entries.all()];
}

function bytesOf(frames: readonly Uint8Array[]): string {
  return Buffer.concat(frames).toString('latin1');
}

test('G17: nobody but the owner and finance receives a byte of why an expense came back', async () => {
  const ana = await Person.found(server.url, AREAS);
  const carla = await ana.invite({}, server.url, { role: 'contributor' });
  const listeners = await Promise.all(
    [
      { role: 'budget-holder', areas: ['ops'] } as const,
      { role: 'budget-holder', areas: ['lab'] } as const,
      { role: 'viewer', areas: null } as const,
    ].map(async (grant) => {
      const { token } = await ana.invitation({}, grant);
      return RawDevice.greeted(server.url, { newest: 2, intent: 'join', workspace: ana.workspace, token });
    }),
  );
  const expense = makeExpense({ id: 'e1', departmentId: 'ops', capturedBy: carla.member });
  const post: Command = { kind: 'post', expenses: [expense], generations: {}, batch: null, undatedAs: null };
  ana.doc('ledger/2027-03/ops');
  carla.doc('decisions/root');
  expect(await ana.ask(post)).toMatchObject({ ok: true });
  await until(() => ledger(ana).length === 1);
  const back: Command = { kind: 'return', entries: ledger(ana), reason: REASON };
  const id = newId();
  expect(await ana.ask(back, id)).toMatchObject({ ok: true, value: [{ kind: 'returned', reason: REASON }] });

  const returns = `returns/${carla.member}`;
  const marked = { id: 'e1', reason: REASON, generation: 2, posted: false };
  for (const person of [ana, carla]) {
    await until(() => openReturns(person.doc(returns)).returned.get('e1') !== undefined);
    expect(openReturns(person.doc(returns)).returned.get('e1')).toEqual(marked);
  }
  // Everything they may ask for, and some that they may not; also an answer that is not theirs.
  for (const raw of listeners) {
    const names = ['decisions/root', 'core', 'ledger/2027-03/ops', 'ledger/2027-03/lab', returns, 'inbox/ana'];
    for (const [at, document] of names.entries()) {
      raw.say({ kind: 'open', channel: at + 1, document, incarnation: '', since: 0 });
    }
    raw.say({ kind: 'command', given: JSON.stringify(given(back, 'x', id)) });
    await until(() => raw.heard.filter(({ kind }) => kind === 'opened' || kind === 'closed').length === names.length);
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const [holder, other, viewer] = listeners.map(({ frames }) => bytesOf(frames));
  for (const everything of [holder, other, viewer]) {
    expect(everything).not.toContain('Zebra');
    expect(everything).not.toContain(returns);
  }
  // What the audit chain tells of it, to those who may read the chain, are digests.
  const { workspace, device } = ana;
  const url = `${server.url.replace('http', 'ws')}/sync`;
  const chain = await new ChainLine({ url, workspace, device, serverNow: Date.now, fetch }).entries(0);
  if (!chain.ok) throw new Error(chain.error);
  const told = JSON.stringify(chain.value);
  expect(told).toContain(`"document":"${returns}"`);
  expect(told).not.toContain('Zebra');
  // They do see that the entry was taken back, where they may read the ledger.
  expect(holder).toContain('reversal');
  expect(viewer).toContain('reversal');
  expect(other).not.toContain('reversal');
  expect(ledger(ana).map(({ kind, reason }) => [kind, reason])).toContainEqual(['reversal', null]);

  // Posted again, it is no longer waiting, and why it once came back can still be told.
  expect(await ana.ask({ ...post, generations: { e1: 2 } })).toMatchObject({ ok: true });
  await until(() => openReturns(carla.doc(returns)).returned.get('e1')?.posted === true);
  for (const raw of listeners) raw.close();
  await Promise.all([ana.leave(), carla.leave()]);
});

test('G17: a log with reasons from before is replayed, and its documents keep them where only few read', async () => {
  const founded = localLog('ana', [posting('e1')]);
  const [entry] = founded.flatMap(({ contents }) =>
    (contents?.events ?? []).flatMap((event) =>
      event.kind === 'posted' ? event.postings.map((each) => each.entry) : [],
    ),
  );
  const last = founded.at(-1);
  if (entry === undefined || last === undefined) throw new Error('a posting');
  // As it was written before entries said who captured them.
  const { capturedBy: _later, ...old } = entry;
  const reversal: LedgerEntry = {
    ...old,
    id: 'e1-back',
    kind: 'reversal',
    reverses: entry.id,
    amount: -entry.amount,
    baseAmount: -entry.baseAmount,
    reason: REASON,
  };
  const log = [
    ...founded,
    appendDecision(headOf(last), {
      given: given({ kind: 'return', entries: [], reason: REASON }, 'ana', 'old-return'),
      events: [{ kind: 'returned', reversals: [reversal], reason: REASON }],
      decidedAt: '2027-03-10T08:00:00.000Z',
      decider: 'device',
      salt: '0'.repeat(32),
    }),
  ];
  const ana = await Person.arrive({ url: server.url, workspace: newId(), log });
  await ana.synced();
  await until(() => openReturns(ana.doc('returns/ana')).returned.get('e1')?.reason === REASON);
  expect([...openDecisions(ana.doc('decisions/root')).returned.all()]).toEqual([]);
  const others = ['decisions/root', 'ledger/2027-03/root'].map((name) => Y.encodeStateAsUpdate(ana.doc(name)));
  expect(bytesOf(others)).not.toContain('Zebra');
  await ana.leave();
});

test('R2: nobody writes a reason but the decider', async () => {
  const ana = await Person.found(server.url);
  const raw = await RawDevice.greeted(server.url, { newest: 2, workspace: ana.workspace }, ana.device);
  const doc = new Y.Doc();
  doc.getMap('returned').set('e1', 'forged');
  await raw.send('returns/ana', Y.encodeStateAsUpdate(doc));
  expect(await raw.next('nack')).toMatchObject({ reason: 'decider-only' });
  expect([...openInbox(ana.doc('inbox/ana')).expenses.all()]).toEqual([]);
  raw.close();
  await ana.leave();
});

function posting(id: string): Command {
  const expenses = [makeExpense({ id, departmentId: 'root', capturedBy: 'ana' })];
  return { kind: 'post', expenses, generations: {}, batch: null, undatedAs: null };
}
