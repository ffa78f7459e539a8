/** Random deciding, held against a ledger kept by hand: documents as they are written, and sums over all entries. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { totalsByNature } from '#lib/domain/ledger/totals.ts';
import type { Command } from '#lib/governance/command.ts';
import { EMPTY_LOG, headOf, verifyLog, type LogEntry } from '#lib/governance/decision-log.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import { postingOf, type Standing } from '#lib/governance/postings.ts';
import { adoptLog } from '#lib/governance/replay.ts';
import { initialState } from '#lib/governance/state.ts';
import { snapshotOf, standpointFrom } from '#lib/governance/snapshot.ts';
import { writesOf } from '#lib/governance/writes.ts';
import { entriesOf, foundWorkspace, postOf, TestDecider, usdRate } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLogEntry } from '#tests/support/make-log.ts';

const IDS = ['e0', 'e1', 'e2', 'e3', 'e4'] as const;
const CLOSED = ['2027-02', '2027-03'];

type Step =
  | { readonly kind: 'post'; readonly ids: readonly string[]; readonly variant: number; readonly next: boolean }
  | {
      readonly kind: 'correct';
      readonly by: 'return' | 'reverse' | 'recode';
      readonly pick: number;
      readonly to: number;
    }
  | { readonly kind: 'tamper'; readonly pick: number; readonly field: 'amount' | 'area' | 'period' | 'postedBy' }
  | { readonly kind: 'terms'; readonly command: Command }
  | { readonly kind: 'repeat'; readonly pick: number };

const opsVersion = { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null };
const labVersion = { from: null, name: 'Lab', code: '', parentId: 'ops', managerId: null };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('post' as const),
      ids: fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1, maxLength: 3 }),
      variant: fc.nat({ max: 2 }),
      next: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('correct' as const),
      by: fc.constantFrom('return' as const, 'reverse' as const, 'recode' as const),
      pick: fc.nat(),
      to: fc.nat({ max: 3 }),
    }),
  },
  fc.record({
    kind: fc.constant('tamper' as const),
    pick: fc.nat(),
    field: fc.constantFrom('amount' as const, 'area' as const, 'period' as const, 'postedBy' as const),
  }),
  fc
    .constantFrom<Command>(
      { kind: 'mark-area', id: 'ops', area: false },
      { kind: 'mark-area', id: 'ops', area: true },
      { kind: 'mark-area', id: 'lab', area: true },
      { kind: 'close-department', id: 'lab', from: '2027-03-01' },
      { kind: 'close-department', id: 'lab', from: null },
      { kind: 'revise-department', id: 'lab', version: { ...labVersion, parentId: 'root', from: '2027-02-01' } },
      { kind: 'set-rates', rates: [usdRate('0.87654')] },
      { kind: 'set-rates', rates: [usdRate('1.23456', '2027-03-01')] },
      { kind: 'rename-workspace', name: 'Other' },
    )
    .map((command) => ({ kind: 'terms' as const, command })),
  fc.record({ kind: fc.constant('repeat' as const), pick: fc.nat() }),
);

/** An expense that its owner may have changed: each variant has other content. */
function variantOf(id: string, variant: number): Expense {
  const at = IDS.indexOf(id as never);
  return makeExpense({
    id,
    kind: at === 0 ? 'revenue' : at === 1 ? 'credit' : 'expense',
    amount: `${at === 1 ? '-' : ''}${at}${variant}.05`,
    currency: at % 2 === 0 ? 'EUR' : 'USD',
    date: at === 4 ? null : `2027-0${variant + 1}-15`,
    departmentId: [null, 'ops', 'lab'][(at + variant) % 3] ?? null,
  });
}

/** A small organisation and everything that is known of it without asking governance. */
class Run {
  readonly decider = new TestDecider({ ...initialState(), closed: new Set(CLOSED) });
  readonly log: LogEntry[] = [];
  readonly given: Command[] = [];
  readonly documents = new Map<string, LedgerEntry>();
  readonly returned = new Map<string, number>();
  readonly expected = new Map<string, { generation: number; standing: Standing; amount: number }>();

  constructor() {
    this.give(foundWorkspace);
    this.give({ kind: 'add-department', id: 'ops', version: opsVersion, area: true });
    this.give({ kind: 'add-department', id: 'lab', version: labVersion, area: false });
    this.give({ kind: 'set-rates', rates: [usdRate('0.9')] });
  }

  take(step: Step): void {
    const ledger = [...this.documents.values()];
    const picked = 'pick' in step ? ledger[step.pick % Math.max(ledger.length, 1)] : undefined;
    if (step.kind === 'post') this.post(step);
    else if (step.kind === 'terms') this.give(step.command);
    else if (step.kind === 'repeat') this.repeat(step.pick);
    else if (picked && step.kind === 'correct') this.correct(step, picked);
    else if (picked && step.kind === 'tamper') this.tamper(step.field, picked);
  }

  /** Decides, and does by hand what is due: log, documents. */
  give(command: Command): readonly DecisionEvent[] | null {
    const decided = this.decider.ask(command);
    if (!decided.ok) return null;
    const events = decided.value;
    if (events.length > 0) {
      for (const write of writesOf(events, this.decider.state)) {
        if (write.kind === 'amend') this.returned.delete(write.id);
        else if (write.kind === 'remove') continue;
        else if (write.collection === 'returned')
          this.returned.set(write.record.id, write.record['generation'] as number);
        else if (write.collection === 'entries') this.enter(write.document, write.record as never);
      }
      const last = this.log.at(-1);
      this.log.push(makeLogEntry(last ? headOf(last) : EMPTY_LOG, command, events));
      this.decider.must(command);
      this.given.push(command);
    }
    return events;
  }

  enter(document: string, entry: LedgerEntry): void {
    expect(this.documents.has(entry.id)).toBe(false);
    expect(document).toBe(`ledger/${entry.period}/${entry.area}`);
    expect(CLOSED).not.toContain(entry.period);
    const original = this.documents.get(entry.reverses ?? '');
    if (entry.kind === 'reversal') expect(entry.area).toBe(original?.area);
    this.documents.set(entry.id, entry);
  }

  post({ ids, variant, next }: Extract<Step, { kind: 'post' }>): void {
    const expenses = ids.map((id) => variantOf(id, variant));
    const generations = Object.fromEntries(
      next ? ids.map((id) => [id, (this.expected.get(id)?.generation ?? 0) + 1]) : [],
    );
    const events = this.give(postOf(expenses, { generations, undatedAs: '2027-01-31' }));
    for (const { expenseId, generation, amount } of (events ?? []).flatMap(entriesOf)) {
      const before = this.expected.get(expenseId);
      expect(before?.standing).not.toBe('posted');
      expect(generation).toBe((before?.generation ?? 0) + 1);
      expect(amount).toBe(variantOf(expenseId, variant).amount);
      this.expected.set(expenseId, { generation, standing: 'posted', amount });
    }
  }

  correct({ by, to }: Extract<Step, { kind: 'correct' }>, entry: LedgerEntry): void {
    const reason = 'Wrong';
    const coding = { vendorId: ['v', 'w', null][to] ?? null, departmentId: [null, 'ops', 'lab', 'gone'][to] ?? null };
    const events = this.give(
      by === 'recode' ? { kind: by, entries: [entry], coding, reason } : { kind: by, entries: [entry], reason },
    );
    const before = this.expected.get(entry.expenseId);
    const isCurrent =
      entry.kind !== 'reversal' && before?.standing === 'posted' && before.generation === entry.generation;
    if (by !== 'recode') expect(events !== null).toBe(isCurrent);
    if (!events || !before) return;
    expect(isCurrent).toBe(true);
    const generation = before.generation + (by === 'recode' ? 1 : 0);
    const standing = by === 'recode' ? 'posted' : by === 'return' ? 'returned' : 'reversed';
    this.expected.set(entry.expenseId, { ...before, generation, standing });
  }

  tamper(field: 'amount' | 'area' | 'period' | 'postedBy', entry: LedgerEntry): void {
    const other = field === 'amount' ? entry.amount + 1 : field === 'period' ? '2027-12' : 'other';
    expect(this.give({ kind: 'reverse', entries: [{ ...entry, [field]: other }], reason: 'Wrong' })).toBeNull();
  }

  /** A reply was lost, and the device asks once more: nothing may enter the ledger. */
  repeat(pick: number): void {
    const command = this.given[pick % this.given.length];
    if (!command) return;
    const decided = this.decider.ask(command);
    if (decided.ok) expect(decided.value.flatMap(entriesOf)).toEqual([]);
  }

  check(): void {
    const entries = [...this.documents.values()];
    for (const id of IDS) {
      const { generation, standing, amount } = this.expected.get(id) ?? { generation: 0, standing: null, amount: 0 };
      const status = postingOf(this.decider.state.postings, id);
      expect([status?.generation ?? 0, status?.standing ?? null]).toEqual([generation, standing]);
      const own = entries.filter(({ expenseId }) => expenseId === id);
      expect(sum(own, 'amount')).toBe(standing === 'posted' ? amount : 0);
      expect(this.returned.get(id)).toBe(standing === 'returned' ? generation + 1 : undefined);
    }
    const reversed = new Set(entries.map(({ reverses }) => reverses));
    const standing = entries.filter(({ id, kind }) => kind !== 'reversal' && !reversed.has(id));
    expect(totalsByNature('EUR', entries)).toEqual(totalsByNature('EUR', standing));
    for (const [area, inArea] of Map.groupBy(entries, (entry) => entry.area)) {
      expect(sum(inArea, 'baseAmount')).toBe(
        sum(
          standing.filter((entry) => entry.area === area),
          'baseAmount',
        ),
      );
    }
  }
}

function sum(entries: readonly LedgerEntry[], of: 'amount' | 'baseAmount'): number {
  return entries.reduce((total, entry) => total + entry[of], 0);
}

test('G3, G5, G9, G10, G11, G17: any deciding leaves a ledger that a ledger kept by hand agrees with (I4, I8, I9)', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const run = new Run();
      for (const step of steps) {
        run.take(step);
        run.check();
      }
    }),
    { numRuns: 150 },
  );
});

test('G15, G16, G19, G23: any log verifies, replays and restores to the state it was written by', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const run = new Run();
      for (const step of steps) run.take(step);
      const head = headOf(run.log.at(-1) as LogEntry);
      expect(verifyLog(run.log, EMPTY_LOG, head).ok).toBe(true);

      const adopted = adoptLog(JSON.parse(JSON.stringify(run.log)) as unknown[]);
      if (!adopted.ok) throw new Error(adopted.error.why);
      const restored = standpointFrom(snapshotOf({ head, state: run.decider.state }));
      for (const standpoint of [adopted.value, restored]) {
        const state = standpoint?.state;
        expect(standpoint?.head).toEqual(head);
        expect(state?.workspace).toEqual(run.decider.state.workspace);
        expect(state?.departments).toEqual(run.decider.state.departments);
        expect(state?.rates).toEqual(run.decider.state.rates);
        for (const id of IDS) {
          expect(state && postingOf(state.postings, id)).toEqual(postingOf(run.decider.state.postings, id));
        }
      }
    }),
    { numRuns: 60 },
  );
});
