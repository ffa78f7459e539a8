import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import { evolveTerms } from '#lib/governance/evolve-terms.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { logFromRecords, type DecidedRecords } from '#lib/governance/log-from-records.ts';
import { postingOf } from '#lib/governance/postings.ts';
import { adoptLog } from '#lib/governance/replay.ts';
import { initialState, type Terms } from '#lib/governance/state.ts';
import { writesOf } from '#lib/governance/writes.ts';
import { entriesOf, foundWorkspace, postOf, TestDecider, usdRate } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const version = { from: null, name: 'Operations', code: '100', parentId: 'root', managerId: null };
const inbox = ['a', 'b', 'c', 'd'].map((id) => makeExpense({ id, currency: id === 'b' ? 'USD' : 'EUR' }));

/** An organisation that was reorganised, and whose ledger saw every kind of correction. */
function lived(steps: readonly number[]): TestDecider {
  const decider = new TestDecider();
  decider.must(foundWorkspace);
  decider.must({ kind: 'add-department', id: 'ops', version, area: true });
  decider.must({
    kind: 'add-department',
    id: 'lab',
    version: { ...version, name: 'Lab', parentId: 'ops' },
    area: false,
  });
  decider.must({ kind: 'revise-department', id: 'lab', version: { ...version, name: 'Labs', from: '2027-02-01' } });
  const moved = { ...version, parentId: 'lab', from: '2027-02-01' };
  decider.must({ kind: 'revise-department', id: 'ops', version: moved });
  decider.must({ kind: 'close-department', id: 'ops', from: '2027-03-01' });
  decider.must({ kind: 'rename-workspace', name: 'Renamed' });
  decider.must({ kind: 'set-rates', rates: [usdRate('0.9')] });
  for (const step of steps) {
    const entry = decider.ledger.filter(({ kind }) => kind !== 'reversal').at(-1 - (step % 3));
    const corrections = [
      () => decider.give(postOf(inbox)),
      () => decider.give(postOf(inbox.slice(0, 2), { generations: { a: 2, b: 3 } })),
      () => entry && decider.give({ kind: 'return', entries: [entry], reason: 'Wrong vendor' }),
      () => entry && decider.give({ kind: 'reverse', entries: [entry], reason: 'Paid twice' }),
      () =>
        entry &&
        decider.give({ kind: 'recode', entries: [entry], coding: { categoryId: `c${step}` }, reason: 'Moved' }),
    ];
    corrections[step % corrections.length]?.();
  }
  return decider;
}

/** What a device of a shared workspace has of all that. */
function recordsOf({ state, ledger, events }: TestDecider): DecidedRecords {
  const { workspace, departments, rates } = state;
  if (workspace === null) throw new Error('founded');
  const returned = new Map<string, { reason: string; generation: number; posted: boolean }>();
  const backs = new Set<string>();
  for (const event of events) {
    if (event.kind === 'returned') {
      for (const { id, expenseId, generation } of event.reversals) {
        backs.add(id);
        returned.set(expenseId, { reason: event.reason, generation: generation + 1, posted: false });
      }
    }
    if (event.kind !== 'posted') continue;
    for (const { entry } of event.postings) {
      const mark = returned.get(entry.expenseId);
      if (mark !== undefined) returned.set(entry.expenseId, { ...mark, posted: true });
    }
  }
  // The ledger does not say why something was returned. (G17)
  const entries = ledger.map((entry) => (backs.has(entry.id) ? { ...entry, reason: null } : entry));
  return { workspace, departments, rates, entries, returned };
}

function made(records: DecidedRecords): readonly LogEntry[] {
  let ids = 0;
  const salt = '0'.repeat(32);
  return logFromRecords(records, {
    by: 'ben',
    at: '2027-04-01T08:00:00.000Z',
    newId: () => `id-${++ids}`,
    salt: () => salt,
  });
}

/** The documents a server would make of the log. */
function documentsOf(log: readonly LogEntry[]): ReadonlyMap<string, unknown> {
  const documents = new Map<string, unknown>();
  let terms: Terms = initialState();
  for (const event of log.flatMap(({ contents }) => contents?.events ?? [])) {
    for (const write of writesOf([event], { ...initialState(), ...terms })) {
      if (write.kind === 'put') documents.set(`${write.document} ${write.collection} ${write.record.id}`, write.record);
      else documents.delete(`${write.document} ${write.collection} ${write.id}`);
    }
    const next = evolveTerms(terms, event);
    if (next.ok) terms = next.value;
  }
  return documents;
}

test('G25: the log made of records is adopted, and leads to the same terms and the same ledger', () => {
  const decider = lived([0, 2, 1, 4, 3]);
  const records = recordsOf(decider);
  const adopted = adoptLog(made(records).map((entry) => JSON.parse(JSON.stringify(entry)) as unknown));
  if (!adopted.ok) throw new Error(adopted.error.why);
  const { workspace, departments, rates } = adopted.value.state;
  expect(workspace).toEqual({ ...decider.state.workspace, founder: 'ben' });
  expect(sorted(departments)).toEqual(sorted(decider.state.departments));
  expect(rates).toEqual(decider.state.rates);
});

test('G25: whatever was posted, returned, reversed and re-coded, every expense stands where it stood', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 29 }), { maxLength: 8 }), (steps) => {
      const decider = lived(steps);
      const log = made(recordsOf(decider));
      const adopted = adoptLog(log);
      if (!adopted.ok) throw new Error(adopted.error.why);
      for (const { id } of inbox) {
        const [before, after] = [decider.state, adopted.value.state].map(({ postings }) => postingOf(postings, id));
        expect([id, after?.generation, after?.standing, after?.digest]).toEqual([
          id,
          before?.generation,
          before?.standing,
          before?.standing === 'posted' ? before.digest : after?.digest,
        ]);
      }
      const { entries } = recordsOf(decider);
      const ledger = log.flatMap(({ contents }) => contents?.events.flatMap(entriesOf) ?? []);
      expect(sorted(ledger).map(({ id }) => id)).toEqual(sorted(decider.ledger).map(({ id }) => id));
      const documents = documentsOf(log);
      for (const entry of entries) {
        expect(documents.get(`ledger/${entry.period}/${entry.area} entries ${entry.id}`)).toEqual(entry);
      }
    }),
    { numRuns: 60 },
  );
});

function sorted<T extends LedgerEntry | Department | (ExchangeRate & { id: string })>(
  items: readonly T[],
): readonly T[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
