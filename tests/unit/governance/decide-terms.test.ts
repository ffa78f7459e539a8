import { expect, test } from 'vitest';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { foundedDecider, foundWorkspace, TestDecider, usdRate } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const weeks: FiscalCalendar = {
  pattern: '4-4-5',
  endMonth: 1,
  endWeekday: 6,
  endRule: 'nearest',
  namedBy: 'start',
};
const version = { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null };

test('G1: a workspace is founded once, by its founder, in a known currency, with a root department', () => {
  const decider = new TestDecider();
  const found = { ...foundWorkspace, kind: 'found-workspace' as const };
  expect(decider.ask({ ...found, founder: 'bela' } as typeof foundWorkspace)).toEqual({
    ok: false,
    error: { kind: 'founder-is-another', founder: 'bela' },
  });
  expect(decider.ask({ ...found, baseCurrency: 'ABC' } as typeof foundWorkspace)).toEqual({
    ok: false,
    error: { kind: 'unknown-currency', currency: 'ABC' },
  });
  decider.must(foundWorkspace);
  expect(decider.state.workspace).toMatchObject({ name: 'Example IT', baseCurrency: 'EUR', founder: 'anna' });
  expect(decider.state.departments).toMatchObject([{ id: 'root', area: true }]);
  expect(decider.ask(foundWorkspace)).toEqual({ ok: false, error: { kind: 'already-founded' } });
});

test('G1: a workspace is renamed; to the name it has, nothing happens', () => {
  const decider = foundedDecider();
  decider.must({ kind: 'rename-workspace', name: 'Example' });
  expect(decider.state.workspace?.name).toBe('Example');
  expect(decider.ask({ kind: 'rename-workspace', name: 'Example' })).toEqual({ ok: true, value: [] });
});

test('G12: the department tree changes by its own rules', () => {
  const decider = foundedDecider();
  decider.must({ kind: 'add-department', id: 'ops', version, area: false });
  decider.must({ kind: 'mark-area', id: 'ops', area: true });
  decider.must({ kind: 'revise-department', id: 'ops', version: { ...version, from: '2027-02-01', name: 'Ops' } });
  decider.must({ kind: 'close-department', id: 'ops', from: '2028-01-01' });
  expect(decider.state.departments[1]).toMatchObject({
    area: true,
    closedFrom: '2028-01-01',
    versions: [{ name: 'Operations' }, { name: 'Ops' }],
  });
  expect(decider.ask({ kind: 'mark-area', id: 'root', area: false })).toEqual({
    ok: false,
    error: { kind: 'department-refused', id: 'root', why: { kind: 'root-stays', what: 'area' } },
  });
});

test('G12: a change that leaves the tree as it is makes no event', () => {
  const decider = foundedDecider();
  decider.must({ kind: 'add-department', id: 'ops', version, area: false });
  expect(decider.ask({ kind: 'mark-area', id: 'ops', area: false })).toEqual({ ok: true, value: [] });
  expect(decider.ask({ kind: 'close-department', id: 'ops', from: null })).toEqual({ ok: true, value: [] });
});

test('G13: the calendar changes freely before anything is posted', () => {
  const decider = foundedDecider();
  decider.must({ kind: 'set-calendar', calendar: weeks });
  expect(decider.state.workspace?.calendar).toEqual(weeks);
  expect(decider.ask({ kind: 'set-calendar', calendar: weeks })).toEqual({ ok: true, value: [] });
  expect(decider.post(makeExpense())).toMatchObject([{ period: '2027P02' }]);
});

test('G13: after that only the start and naming of a year of months change', () => {
  const decider = foundedDecider();
  decider.post(makeExpense());
  decider.must({ kind: 'set-calendar', calendar: { pattern: 'months', startMonth: 4, namedBy: 'end' } });
  expect(decider.ask({ kind: 'set-calendar', calendar: weeks })).toEqual({
    ok: false,
    error: { kind: 'calendar-in-use' },
  });
  const closed = foundedDecider({ closed: ['2027-01'] });
  expect(closed.ask({ kind: 'set-calendar', calendar: weeks }).ok).toBe(false);
});

test('G14: a rate replaces the one of its day, and rates that are set already make no event', () => {
  const decider = foundedDecider({ rates: [usdRate('0.9'), usdRate('0.91', '2027-02-01')] });
  expect(decider.ask({ kind: 'set-rates', rates: [usdRate('0.9')] })).toEqual({ ok: true, value: [] });
  decider.must({ kind: 'set-rates', rates: [usdRate('0.92'), usdRate('0.91', '2027-02-01')] });
  expect(decider.events.at(-1)).toEqual({ kind: 'rates-set', rates: [usdRate('0.92')] });
  expect(decider.state.rates).toEqual([usdRate('0.91', '2027-02-01'), usdRate('0.92')]);
  expect(decider.ask({ kind: 'set-rates', rates: [{ ...usdRate('1'), from: 'ABC' }] })).toEqual({
    ok: false,
    error: { kind: 'unknown-currency', currency: 'ABC' },
  });
});

test('G14: a rate is removed, once, and entries keep it', () => {
  const decider = foundedDecider({ rates: [usdRate('0.9')] });
  decider.post(makeExpense({ currency: 'USD' }));
  const remove = { kind: 'remove-rate', from: 'USD', to: 'EUR', date: '2027-01-01' } as const;
  decider.must(remove);
  expect(decider.state.rates).toEqual([]);
  expect(decider.ledger).toMatchObject([{ rate: '0.9' }]);
  expect(decider.ask(remove)).toEqual({
    ok: false,
    error: { kind: 'unknown-rate', from: 'USD', to: 'EUR', date: '2027-01-01' },
  });
});
