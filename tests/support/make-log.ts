import { appendDecision, EMPTY_LOG, headOf, type Head, type LogEntry } from '#lib/governance/decision-log.ts';
import type { Command } from '#lib/governance/command.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import { foundWorkspace, postOf, TestDecider, usdRate, DECIDED_AT } from './decide.ts';
import { makeExpense } from './make-expense.ts';

/** The entry that a decision of a device becomes behind `head`. */
export function makeLogEntry(head: Head, command: Command, events: readonly DecisionEvent[]): LogEntry {
  const given = { id: `command-${head.seq + 1}`, command, by: 'anna', at: DECIDED_AT };
  const salt = (head.seq + 1).toString(16).padStart(32, '0');
  return appendDecision(head, { given, events, decidedAt: DECIDED_AT, decider: 'device', salt });
}

/** A log of six decisions: founding, a department, a rate, two postings and a reversal. */
export function makeLog(): { readonly log: readonly LogEntry[]; readonly decider: TestDecider } {
  const decider = new TestDecider();
  const log: LogEntry[] = [];
  const keep = (command: Command) => {
    const last = log.at(-1);
    log.push(makeLogEntry(last ? headOf(last) : EMPTY_LOG, command, decider.must(command)));
  };
  const version = { from: null, name: 'Operations', code: '100', parentId: 'root', managerId: null };
  keep(foundWorkspace);
  keep({ kind: 'add-department', id: 'ops', version, area: true });
  keep({ kind: 'set-rates', rates: [usdRate('0.9')] });
  keep(postOf([makeExpense({ id: 'a' }), makeExpense({ id: 'b', currency: 'USD', departmentId: 'ops' })]));
  keep(postOf([makeExpense({ id: 'c', kind: 'revenue', amount: '99.99' })]));
  keep({ kind: 'reverse', entries: decider.ledger.slice(0, 1), reason: 'Paid twice' });
  return { log, decider };
}
