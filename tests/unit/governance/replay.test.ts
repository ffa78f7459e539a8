import { expect, test } from 'vitest';
import { headOf, type LogEntry } from '#lib/governance/decision-log.ts';
import { evolve } from '#lib/governance/evolve.ts';
import { postingOf } from '#lib/governance/postings.ts';
import { adoptLog, parseLogEntry, replay } from '#lib/governance/replay.ts';
import { initialState } from '#lib/governance/state.ts';
import { DECIDED_AT, postOf, TestDecider } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLog, makeLogEntry } from '#tests/support/make-log.ts';

test('G15: the state is the fold of the log', () => {
  const { log, decider } = makeLog();
  const replayed = replay(log);
  if (!replayed.ok) throw new Error(replayed.error.why);
  const { postings, ...terms } = replayed.value.state;
  const { postings: expected, ...expectedTerms } = decider.state;
  expect(terms).toEqual(expectedTerms);
  for (const id of ['a', 'b', 'c', 'd']) expect(postingOf(postings, id)).toEqual(postingOf(expected, id));
  expect(postings.size).toBe(3);
});

test('G15: a state that was evolved is spent, and the one after it is not', () => {
  const { decider } = makeLog();
  const before = decider.state;
  decider.post(makeExpense({ id: 'd' }));
  expect(() => new TestDecider(before).ask(postOf([makeExpense({ id: 'e' })]))).toThrow('evolved since');
  expect(() => evolve(before, { kind: 'workspace-renamed', name: 'x' })).toThrow('evolved since');
  expect(decider.ask(postOf([makeExpense({ id: 'e' })])).ok).toBe(true);
});

test('G16: a log from another device is adopted as plain data and continued', () => {
  const { log, decider } = makeLog();
  const adopted = adoptLog(JSON.parse(JSON.stringify(log)) as unknown[]);
  if (!adopted.ok) throw new Error(adopted.error.why);
  expect(adopted.value.entries).toEqual(log);
  expect(adopted.value.head).toEqual(headOf(log.at(-1) as LogEntry));

  const server = new TestDecider(adopted.value.state);
  expect(server.ask(postOf([makeExpense({ id: 'c', kind: 'revenue', amount: '99.99' })]))).toEqual({
    ok: true,
    value: [],
  });
  const command = postOf([makeExpense({ id: 'd' })]);
  const next = makeLogEntry(adopted.value.head, command, server.must(command));
  expect(replay([...log, { ...next }]).ok).toBe(true);
  expect(server.state.workspace).toEqual(decider.state.workspace);
});

test('G16: what cannot be read, was changed or cannot follow is refused with its number', () => {
  const { log } = makeLog();
  const [first, second] = log as [LogEntry, LogEntry];
  expect(adoptLog([first, 'not an entry'])).toEqual({ ok: false, error: { seq: 2, why: 'malformed' } });
  expect(adoptLog([first, { ...second, surprise: 1 }])).toEqual({ ok: false, error: { seq: 2, why: 'malformed' } });
  expect(adoptLog([first, { ...second, by: 'bela' }])).toEqual({ ok: false, error: { seq: 2, why: 'hash-differs' } });
  expect(adoptLog([first, { ...second, contents: null }])).toEqual({
    ok: false,
    error: { seq: 2, why: 'contents-erased' },
  });
});

test('G16: events that cannot follow from the state before are refused', () => {
  const { log, decider } = makeLog();
  const head = headOf(log[0] as LogEntry);
  const version = { from: null, name: 'Lost', code: '', parentId: 'nowhere', managerId: null };
  const impossible = [
    makeLogEntry(head, { kind: 'mark-area', id: 'x', area: true }, [{ kind: 'area-marked', id: 'x', area: true }]),
    makeLogEntry(head, { kind: 'add-department', id: 'x', version, area: false }, [
      { kind: 'department-added', id: 'x', version, area: false },
    ]),
    makeLogEntry(head, { kind: 'reverse', entries: [], reason: 'x' }, [
      { kind: 'reversed', reversals: decider.ledger.slice(0, 1), reason: 'x' },
    ]),
    makeLogEntry(head, { kind: 'rename-workspace', name: 'x' }, log[0]?.contents?.events ?? []),
  ];
  for (const entry of impossible) {
    expect(replay([log[0] as LogEntry, entry])).toEqual({ ok: false, error: { seq: 2, why: 'impossible' } });
  }
  const [, ...headless] = log;
  expect(replay(headless)).toEqual({ ok: false, error: { seq: 1, why: 'out-of-sequence' } });
  expect(() => evolve(initialState(), { kind: 'workspace-renamed', name: 'x' })).toThrow('does not follow');
});

test('G21: every kind of log entry is read back as it was written', () => {
  const { log, decider } = makeLog();
  const commands = [
    { kind: 'return', entries: decider.ledger.slice(1, 2), reason: 'No receipt' },
    { kind: 'recode', entries: decider.ledger.slice(2, 3), coding: { vendorId: 'v' }, reason: 'Known now' },
    { kind: 'rename-workspace', name: 'Other' },
    { kind: 'close-department', id: 'ops', from: '2030-01-01' },
    { kind: 'mark-area', id: 'ops', area: false },
    {
      kind: 'revise-department',
      id: 'ops',
      version: { from: '2027-04-01', name: 'Ops', code: '', parentId: 'root', managerId: null },
    },
    { kind: 'set-calendar', calendar: { pattern: 'months', startMonth: 4, namedBy: 'end' } },
    { kind: 'remove-rate', from: 'USD', to: 'EUR', date: '2027-01-01' },
  ] as const;
  let head = headOf(log.at(-1) as LogEntry);
  for (const command of commands) {
    const entry = makeLogEntry(head, command, decider.must(command));
    expect(parseLogEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
    head = headOf(entry);
  }
  expect(parseLogEntry({ ...log[0], decidedAt: DECIDED_AT, seq: -1 })).toBeNull();
});
