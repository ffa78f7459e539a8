/** An expense being edited: what is typed shows at once, is kept when the person pauses, and waits for nobody. */
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import type { ExpenseFields } from './commands/expenses.ts';

/** Writes fields; `before` is the expense as it was. */
type Write = (fields: ExpenseFields, before: Expense) => Promise<unknown>;

const PAUSE_MS = 300;

export class ExpenseEdit {
  readonly #write: Write;
  #known = $state.raw<Expense>() as Expense;
  /** Said and not yet part of what is known. */
  #said = $state.raw<ExpenseFields>({});
  #unwritten: ExpenseFields = {};
  /** Written, and not yet part of what is known. */
  #written: ExpenseFields = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(expense: Expense, write: Write) {
    this.#known = expense;
    this.#write = write;
  }

  /** The expense with everything said of it. */
  get expense(): Expense {
    return { ...this.#known, ...this.#said };
  }

  /** The expense as the device has it by now, from this edit or another. */
  learn(expense: Expense): void {
    this.#known = expense;
    this.#said = differing(this.#said, expense);
    this.#written = differing(this.#written, expense);
  }

  /** Says something of it; kept after a pause in typing, or at once. */
  say(fields: ExpenseFields, { at: when = 'pause' }: { readonly at?: 'pause' | 'once' } = {}): void {
    this.#said = { ...this.#said, ...fields };
    this.#unwritten = { ...this.#unwritten, ...fields };
    clearTimeout(this.#timer);
    if (when === 'once') void this.flush();
    else this.#timer = setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Keeps what was said so far. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const before = { ...this.#known, ...this.#written };
    const fields = differing(this.#unwritten, before);
    this.#unwritten = {};
    if (Object.keys(fields).length === 0) return;
    this.#written = { ...this.#written, ...fields };
    await this.#write(fields, before);
  }
}

/** Those of the fields that say something else than the expense. */
function differing(fields: ExpenseFields, expense: Expense): ExpenseFields {
  const known = json(expense);
  return Object.fromEntries(Object.entries(json(fields)).filter(([field, value]) => !isSameJson(known[field], value)));
}

function json(fields: object): Record<string, JsonValue> {
  return fields as Record<string, JsonValue>;
}
