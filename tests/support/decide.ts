import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { Result } from '#lib/domain/result.ts';
import { NO_FACTS, type Facts } from '#lib/governance/approval/facts.ts';
import type { Command } from '#lib/governance/command.ts';
import { decide } from '#lib/governance/decide.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import { evolve } from '#lib/governance/evolve.ts';
import type { Refusal } from '#lib/governance/refusal.ts';
import { initialState, type State } from '#lib/governance/state.ts';

export const DECIDED_AT = '2027-03-10T12:00:00.000Z';

export const foundWorkspace: Command = {
  kind: 'found-workspace',
  name: 'Example IT',
  baseCurrency: 'EUR',
  calendar: { pattern: 'months', startMonth: 1, namedBy: 'start' },
  founder: 'anna',
};

/** A decider in a test: gives commands, folds what was decided, remembers the ledger. */
export class TestDecider {
  state: State;
  /** The documents as they stand. */
  facts: Facts = NO_FACTS;
  readonly events: DecisionEvent[] = [];

  constructor(state: State = initialState()) {
    this.state = state;
  }

  /** Decides without keeping what was decided. */
  ask(command: Command, by = 'anna', now = DECIDED_AT): Result<readonly DecisionEvent[], Refusal> {
    return decide(this.state, { id: 'command', command, by, at: now }, now, this.facts);
  }

  /** Decides, and folds what was decided into the state. */
  give(command: Command, by = 'anna', now = DECIDED_AT): Result<readonly DecisionEvent[], Refusal> {
    const decided = this.ask(command, by, now);
    if (!decided.ok) return decided;
    for (const event of decided.value) {
      this.state = evolve(this.state, event);
      this.events.push(event);
    }
    return decided;
  }

  /** Like `give`, where a refusal is a mistake of the test. */
  must(command: Command, by = 'anna', now = DECIDED_AT): readonly DecisionEvent[] {
    const decided = this.give(command, by, now);
    if (!decided.ok) throw new Error(`refused: ${JSON.stringify(decided.error)}`);
    return decided.value;
  }

  post(...expenses: readonly Expense[]): readonly LedgerEntry[] {
    return this.must(postOf(expenses)).flatMap(entriesOf);
  }

  get ledger(): readonly LedgerEntry[] {
    return this.events.flatMap(entriesOf);
  }
}

/** A decider of the founded workspace, its departments and rates. */
export function foundedDecider({
  rates = [],
  closed = [],
}: { readonly rates?: readonly ExchangeRate[]; readonly closed?: readonly string[] } = {}): TestDecider {
  const decider = new TestDecider({ ...initialState(), closed: new Set(closed) });
  decider.must(foundWorkspace);
  if (rates.length > 0) decider.must({ kind: 'set-rates', rates });
  return decider;
}

export function postOf(
  expenses: readonly Expense[],
  fields: Partial<Extract<Command, { kind: 'post' }>> = {},
): Extract<Command, { kind: 'post' }> {
  return { kind: 'post', expenses, generations: {}, batch: null, undatedAs: null, ...fields };
}

export function usdRate(rate: string, date = '2027-01-01'): ExchangeRate {
  return { from: 'USD', to: 'EUR', rate, date, source: 'ECB' };
}

/** Every entry an event puts into the ledger. */
export function entriesOf(event: DecisionEvent): readonly LedgerEntry[] {
  switch (event.kind) {
    case 'posted':
      return event.postings.map(({ entry }) => entry);
    case 'returned':
    case 'reversed':
      return event.reversals;
    case 'recoded':
      return event.recodings.flatMap(({ reversal, entry }) => [reversal, entry]);
    default:
      return [];
  }
}
