/**
 * What the people of the cycles decide while their servers are broken: they post, submit and withdraw a plan, close
 * months, and try what they may not. Afterwards everything was answered, and only what was allowed is there.
 */
import { contentOf } from '#lib/documents/content.ts';
import { openApprovals, openLedger, openPlan } from '#lib/documents/documents.ts';
import { newId } from '#lib/domain/id.ts';
import { contentHash, hashOfDocuments } from '#lib/governance/approval/content.ts';
import type { Command } from '#lib/governance/command.ts';
import { isStanding } from '#lib/governance/approval/request.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { given } from '#tests/sync/support/found-log.ts';
import type { Person } from '#tests/sync/support/person.ts';

/** The plan that is submitted now and then. */
export const PLAN = 'plan/v9/root';
/** The months that are closed one after the other; what is posted then counts in the next. */
const MONTHS = Array.from({ length: 30 }, (_, n) => new Date(Date.UTC(2027, 2 + n)).toISOString().slice(0, 7));
export const LEDGERS = MONTHS.map((month) => `ledger/${month}/root`);
const CLOSED_EVERY = 5;

/** The people, and where what they typed is noted. */
interface Staff {
  readonly people: readonly Person[];
  readonly founder: Person;
  readonly typed: readonly unknown[];
  type(person: Person, document: string, isForged: boolean): void;
  noteTyped(by: Person, document: string, key: string, standsAt: (person: Person) => boolean): void;
}

interface Asked {
  readonly id: string;
  readonly command: Command;
  readonly by: Person;
}

export class Office {
  readonly #staff: Staff;
  readonly #asked: Asked[] = [];
  #days = 0;
  #closed = 0;

  constructor(staff: Staff) {
    this.#staff = staff;
  }

  /** One day of it: given to the servers, and not waited for. */
  work(random: () => number): void {
    const { people, founder } = this.#staff;
    const [one, other] = people.toSorted(() => random() - 0.5) as [Person, Person];
    this.#post(one, `x${this.#days}`);
    // Somebody else posts it as well, or what was posted long ago.
    this.#post(other, `x${Math.floor(random() * (this.#days + 1))}`);
    this.#staff.type(other, `inbox/${one.member}`, true);
    this.#planWith(one, other);
    if (this.#days % CLOSED_EVERY === CLOSED_EVERY - 1) this.close(founder);
    this.#days += 1;
  }

  /** The plan is written one day and submitted the next; then somebody writes into it, and then it is withdrawn. */
  #planWith(one: Person, other: Person): void {
    const { founder } = this.#staff;
    const day = this.#days % 4;
    if (day === 1) this.submit(founder);
    else this.#plan(one);
    if (day === 3) this.withdraw(founder);
    if (day !== 1) this.#plan(other);
  }

  /** Submits the plan as this device has it. */
  submit(person: Person): string {
    const hash = hashOfDocuments([{ document: PLAN, hash: hashAt(person, PLAN) }]);
    return this.#give(person, {
      kind: 'submit',
      id: newId(),
      subject: { kind: 'version', version: 'v9' },
      hash,
      note: '',
    });
  }

  /** Takes every submission back that stands. */
  withdraw(person: Person): void {
    for (const request of openApprovals(person.doc('approvals/root')).requests.all()) {
      if (isStanding(request)) this.#give(person, { kind: 'withdraw', request: request.id, reason: 'One more line' });
    }
  }

  /** Closes the next month as this device has it. */
  close(person: Person): string {
    const period = MONTHS[this.#closed % MONTHS.length] ?? '';
    this.#closed += 1;
    const ledger = `ledger/${period}/root`;
    return this.#give(person, { kind: 'close-period', period, hashes: { [ledger]: hashAt(person, ledger) } });
  }

  /** Why this command was not carried out, as text; null when it was. */
  whyNotDone(id: string): string | null {
    const answer = this.#asked.find((one) => one.id === id)?.by.store.answers.get(id);
    if (answer === undefined) return 'it has no answer';
    return answer.ok ? null : JSON.stringify(answer.error);
  }

  /** What does not hold of the decisions, for a device that has everything. */
  findings(fresh: Person): readonly string[] {
    const counts = new Map<string, number>();
    for (const { expenseId } of LEDGERS.flatMap((ledger) => [...openLedger(fresh.doc(ledger)).entries.all()])) {
      counts.set(expenseId, (counts.get(expenseId) ?? 0) + 1);
    }
    const posted = new Set<string>();
    const found: string[] = [];
    for (const { id, command, by } of this.#asked) {
      const answer = by.store.answers.get(id);
      if (answer === undefined) found.push(`command ${command.kind} ${id} has no answer`);
      if (command.kind !== 'post') continue;
      if (answer?.ok === false) found.push(`a posting was refused: ${JSON.stringify(answer.error)}`);
      for (const { id: expense } of command.expenses) posted.add(expense);
    }
    for (const expense of posted) {
      const count = counts.get(expense) ?? 0;
      if (count !== 1) found.push(`${expense} stands in the ledger ${count} times`);
    }
    return found;
  }

  #post(person: Person, expense: string): void {
    const expenses = [makeExpense({ id: expense, departmentId: 'root' })];
    this.#give(person, { kind: 'post', expenses, generations: {}, batch: null, undatedAs: null });
  }

  /** A line of the plan: in before it is submitted, or parked. */
  #plan(person: Person): void {
    const key = `l${this.#staff.typed.length}`;
    openPlan(person.doc(PLAN)).lines.insert({ ...makeLine({ id: key, name: key }), phases: {}, formula: null });
    this.#staff.noteTyped(person, PLAN, key, (other) => openPlan(other.doc(PLAN)).lines.get(key) !== undefined);
  }

  #give(by: Person, command: Command): string {
    const id = newId();
    const asked = given(command, by.member, id);
    by.store.commands.set(id, asked);
    by.connection.give(asked);
    this.#asked.push({ id, command, by });
    return id;
  }
}

function hashAt(person: Person, document: string): string {
  return contentHash(document, contentOf(document, person.doc(document)));
}
