import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawSample, recordsAsked, sampleFile, type Asked } from '#lib/app/audit/draw-sample.ts';
import { journalOf, type JournalEntry } from '#lib/app/audit/journal.ts';
import type { Request } from '#lib/app/approvals/governed.ts';
import { openInbox, openLedger } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { updatesOf } from '#lib/documents/replica.ts';
import { transferOf } from '#tests/support/approvals.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const seeded = { seed: '7', size: 25, currency: 'EUR' };
const NOTHING = { requests: [], askings: [], closed: [], reopened: [], closings: [] };
const ALL_DAYS = { kind: '', from: '', to: '' };

function request(id: string, fields: Partial<Request>): Request {
  return {
    id,
    subject: { kind: 'version', version: 'fy27' },
    hash: 'seen',
    documents: [],
    areas: ['root'],
    transfer: null,
    by: 'anna',
    at: '2027-03-01T09:00:00.000Z',
    note: '',
    value: 1000,
    route: { rule: 'all', order: 'in-order', steps: [] },
    split: null,
    approvals: [],
    voided: [],
    status: 'open',
    ended: null,
    ...fields,
  };
}

const signed = (step: string, by: string, at: string) => ({
  step,
  by,
  for: null,
  at,
  hash: 'seen',
  note: '',
  conflicts: [],
});

/** One plan approved, one transfer signed, changed and sent back, one period closed and another opened again. */
const governed = {
  requests: [
    request('plan', { status: 'approved', approvals: [signed('sign', 'carl', '2027-03-02T09:00:00.000Z')] }),
    request('move', {
      subject: { kind: 'transfer', transfer: 'move' },
      transfer: transferOf(),
      value: 500,
      status: 'returned',
      voided: [
        {
          approvals: [signed('sign', 'carl', '2027-03-03T09:00:00.000Z')],
          by: 'anna',
          at: '2027-03-04T09:00:00.000Z',
          why: 'Changed',
        },
      ],
      ended: { by: 'carl', at: '2027-03-05T09:00:00.000Z', reason: 'Too much' },
    }),
  ],
  closed: [{ id: '2027-02', by: 'ines', at: '2027-03-06T09:00:00.000Z', documents: [], hash: 'closed' }],
  askings: [],
  closings: [],
  reopened: [{ id: '2027-01', reopened: { by: 'ines', at: '2027-03-07T09:00:00.000Z', reason: 'A late bill' } }],
};

function ledger(): readonly JournalEntry[] {
  const doc = newDocument();
  const updates = updatesOf(doc, () => {
    for (const [at, period] of ['2027-02', '2027-03', '2027-03', '2027-04'].entries()) {
      openLedger(doc).entries.insert(makeEntry(undefined, { id: `e${at}`, period, baseAmount: 100 * (at + 1) }));
    }
  });
  const rows = updates.map((bytes) => ({ bytes, format: 'v1' as const }));
  return journalOf('ledger/2027-03/root', rows, () => null);
}

function inbox(): readonly JournalEntry[] {
  const doc = newDocument();
  const { expenses } = openInbox(doc);
  const updates = updatesOf(doc, () => {
    expenses.insert(makeExpense({ id: 'crane', capturedAt: '2027-03-05T10:00:00.000Z' }));
    expenses.insert(makeExpense({ id: 'rope', capturedAt: '2027-03-06T10:00:00.000Z' }));
    expenses.revise('crane', { amount: 1300 }, { member: 'bela', at: '2027-03-08T10:00:00.000Z' });
  });
  const rows = updates.map((bytes) => ({ bytes, format: 'v1' as const }));
  return journalOf('inbox/anna', rows, () => null);
}

test('A15, A16, A18: postings are sampled with their count and control total, by periods', () => {
  const journal = ledger();
  const draw = (from: string, to: string, entries = journal, size = 1) => {
    const asked: Asked = { what: 'postings', from, to };
    return drawSample(recordsAsked({ journal: entries, governed: NOTHING }, asked), asked, { ...seeded, size });
  };
  const drawn = draw('2027-03', '2027-03');
  expect(drawn.population).toMatchObject({ count: 2, controlTotal: 500 });
  expect(drawn.sample).toHaveLength(1);
  expect(drawn.drawn).toMatchObject({ count: 1, controlTotal: drawn.sample[0]?.amount });
  expect(draw('2027-03', '').population.count).toBe(3);
  expect(draw('2027-03', '2027-03', journal.toReversed())).toEqual(drawn);
});

test('A18: a worked example: six kinds of decisions, with the values they were routed by', () => {
  const asked: Asked = { what: 'decisions', ...ALL_DAYS };
  const records = recordsAsked({ journal: [], governed }, asked);
  expect(records.map(({ id, amount }) => [id, amount])).toEqual([
    ['submission plan anna 2027-03-01T09:00:00.000Z', 1000],
    ['approval plan sign carl 2027-03-02T09:00:00.000Z', 1000],
    ['transfer move anna 2027-03-01T09:00:00.000Z', 500],
    ['approval move sign carl 2027-03-03T09:00:00.000Z', null],
    ['return move carl 2027-03-05T09:00:00.000Z', 500],
    ['close 2027-02 ines 2027-03-06T09:00:00.000Z', null],
    ['reopening 2027-01 ines 2027-03-07T09:00:00.000Z', null],
  ]);
  const { population } = drawSample(records, asked, seeded);
  expect(population).toMatchObject({ parameters: asked, count: 7, controlTotal: 3000 });
});

test('A15, A18: decisions are asked for by kind and days; without money there is no control total', () => {
  const draw = (fields: Partial<typeof ALL_DAYS>) => {
    const asked: Asked = { what: 'decisions', ...ALL_DAYS, ...fields };
    return drawSample(recordsAsked({ journal: [], governed }, asked), asked, seeded).population;
  };
  expect(draw({ kind: 'approval' })).toMatchObject({ count: 2, controlTotal: 1000 });
  expect(draw({ from: '2027-03-05', to: '2027-03-06' })).toMatchObject({ count: 2, controlTotal: 500 });
  expect(draw({ kind: 'close' })).toMatchObject({
    count: 1,
    controlTotal: null,
    hash: sha256('[["close 2027-02 ines 2027-03-06T09:00:00.000Z",null]]'),
  });
});

test('A18: a record that was changed twice is one of the population, with two changes', () => {
  const asked: Asked = { what: 'changed-records', ...ALL_DAYS };
  const records = recordsAsked({ journal: inbox(), governed }, asked);
  expect(records).toMatchObject([
    { id: 'inbox/anna expenses/crane', amount: 2, at: '2027-03-08T10:00:00.000Z', members: ['anna', 'bela'] },
    { id: 'inbox/anna expenses/rope', amount: 1 },
  ]);
  expect(drawSample(records, asked, seeded)).toMatchObject({
    population: { count: 2, controlTotal: 3 },
    controlTotalOf: 'changes',
  });
  const later: Asked = { ...asked, kind: 'expenses', from: '2027-03-07' };
  expect(recordsAsked({ journal: inbox(), governed }, later)).toMatchObject([{ record: 'crane', amount: 1 }]);
  expect(recordsAsked({ journal: inbox(), governed }, { ...asked, kind: 'lines' })).toEqual([]);
});

test('A18: the file holds everything that somebody needs to draw the sample again', async () => {
  const asked: Asked = { what: 'decisions', kind: 'approval', from: '2027-03-01', to: '' };
  const drawn = drawSample(recordsAsked({ journal: [], governed }, asked), asked, { ...seeded, size: 1 });
  const file = JSON.parse(await sampleFile(drawn).text()) as typeof drawn;
  expect(file).toMatchObject({ ...drawn, seed: '7', size: 1, controlTotalOf: 'minor units of EUR' });
  expect(file.population.parameters).toEqual(asked);
  expect(file.sample).toHaveLength(1);
});

const what = fc.constantFrom<Asked['what']>('postings', 'decisions', 'changed-records');

test('A16, A18: of every population, the same seed draws the same sample in whatever order it is read', () => {
  const journal = [...ledger(), ...inbox()];
  const backwards = { ...governed, requests: governed.requests.toReversed() };
  fc.assert(
    fc.property(what, fc.string(), fc.nat({ max: 9 }), (which, seed, size) => {
      const asked: Asked = which === 'postings' ? { what: which, from: '', to: '' } : { what: which, ...ALL_DAYS };
      const records = recordsAsked({ journal, governed }, asked);
      const drawn = drawSample(records, asked, { ...seeded, seed, size });
      const again = recordsAsked({ journal: journal.toReversed(), governed: backwards }, asked);
      expect(drawSample(again, asked, { ...seeded, seed, size })).toEqual(drawn);
      expect(drawn.drawn.count).toBe(Math.min(size, records.length));
      expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    }),
  );
});
