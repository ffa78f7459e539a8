/** A list of expenses of any length: the part that is looked at is here, the rest stays with the projections. */
import { SvelteMap } from 'svelte/reactivity';
import type { ExpenseRow } from '#lib/store/expense-row.ts';
import type { Filter } from '#lib/store/filter.ts';
import type { ListPage, ListSort } from '#lib/store/list.ts';
import type { Reader } from './reader.ts';

export interface ExpenseQuestion {
  readonly filter: Filter;
  readonly sort: ListSort;
}

/** One row of the list in full. */
export type ListedExpense = ExpenseRow;

export type ListTotals = ListPage['totals'];

interface Page {
  /** The asking it answers: an older one's rows are shown until newer ones are here. */
  readonly asking: number;
  readonly rows: readonly ExpenseRow[];
}

const PAGE_ROWS = 60;
/** Pages kept beside those looked at, so that scrolling back shows rows at once. */
const PAGES_KEPT = 24;
/** Pages asked for again when rows change: those around what is on the screen. */
const PAGES_CURRENT = 3;

export class ExpenseList {
  readonly #reader: Pick<Reader, 'list' | 'rowsByIds'>;
  #question: ExpenseQuestion | null = null;
  #asking = $state(0);
  #totals = $state.raw<ListTotals>();
  #failed = $state.raw<unknown>();
  readonly #pages = new SvelteMap<number, Page>();
  /** Pages in the order they were last looked at, the latest last. */
  #looked: readonly number[] = [];
  #loading: readonly number[] = [];

  constructor(reader: Pick<Reader, 'list' | 'rowsByIds'>) {
    this.#reader = reader;
  }

  /** Of everything that fits; undefined until the first answer. */
  get totals(): ListTotals | undefined {
    return this.#totals;
  }

  /** Why the newest question could not be answered; undefined when it could. */
  get failed(): unknown {
    return this.#failed;
  }

  /** Asks a question, or the same one again when rows have changed. What is shown stays until the answer is here. */
  ask(question: ExpenseQuestion): void {
    const isSame = JSON.stringify(question) === JSON.stringify(this.#question);
    this.#question = question;
    this.#asking += 1;
    this.#loading = [];
    this.#looked = isSame ? this.#looked.slice(-PAGES_CURRENT) : [];
    for (const page of this.#looked.length === 0 ? [0] : this.#looked) void this.#load(page);
  }

  /** The row at a place; undefined while it is on its way. Reading a place asks for it. */
  at(index: number): ExpenseRow | undefined {
    const page = Math.floor(index / PAGE_ROWS);
    const known = this.#pages.get(page);
    if (known?.asking !== this.#asking || this.#looked.at(-1) !== page) {
      // Asking changes state, which drawing must not do.
      queueMicrotask(() => this.#look(page));
    }
    return known?.rows[index % PAGE_ROWS];
  }

  /** Where a row that is here stands; -1 for any other. */
  indexOf(id: string): number {
    for (const [page, { rows }] of this.#pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at !== -1) return page * PAGE_ROWS + at;
    }
    return -1;
  }

  /** The ids of a stretch, also of places nobody has looked at. */
  async idsBetween(first: number, last: number): Promise<readonly string[]> {
    const question = this.#question;
    if (question === null || last < first) return [];
    return (await this.#reader.list({ ...question, offset: first, limit: last - first + 1 })).ids;
  }

  #look(page: number): void {
    this.#looked = [...this.#looked.filter((each) => each !== page), page].slice(-PAGES_KEPT);
    for (const kept of this.#pages.keys()) if (!this.#looked.includes(kept)) this.#pages.delete(kept);
    if (this.#pages.get(page)?.asking !== this.#asking) void this.#load(page);
  }

  async #load(page: number): Promise<void> {
    const question = this.#question;
    if (question === null || this.#loading.includes(page)) return;
    const asking = this.#asking;
    this.#loading = [...this.#loading, page];
    try {
      const { ids, totals } = await this.#reader.list({ ...question, offset: page * PAGE_ROWS, limit: PAGE_ROWS });
      const rows = await this.#reader.rowsByIds([...ids]);
      if (asking !== this.#asking) return;
      this.#failed = undefined;
      this.#totals = totals;
      this.#pages.set(page, { asking, rows: inOrder(ids, rows) });
    } catch (cause) {
      if (asking === this.#asking) this.#failed = cause;
    } finally {
      if (asking === this.#asking) this.#loading = this.#loading.filter((each) => each !== page);
    }
  }
}

/** A row that went away between the two questions leaves its place to those after it. */
function inOrder(ids: readonly string[], rows: readonly ExpenseRow[]): readonly ExpenseRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
