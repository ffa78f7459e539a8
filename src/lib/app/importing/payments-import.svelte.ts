/**
 * A file of payments on its way into the inbox: how it is read, what its rows are, which of them are new. Nothing is
 * stored before `run`.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Expense, ImportBatch } from '#lib/domain/ledger/expense.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { expensesOf, importBatch } from '#lib/interchange/expenses/batch.ts';
import { rememberMapping, type ColumnDecisions, type HowToRead } from '#lib/interchange/expenses/decide.ts';
import type { ImportedRow } from '#lib/interchange/expenses/draft.ts';
import { withRole, type ColumnMapping } from '#lib/interchange/expenses/mapping.ts';
import type { KnownExpense, Verdict } from '#lib/interchange/expenses/match.ts';
import type { ChosenNames, NameList } from '#lib/interchange/expenses/names.ts';
import type { ImportReading } from '#lib/interchange/expenses/read.ts';
import type { Role } from '#lib/interchange/table/role.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { ImportAnswer } from '#lib/workers/import-messages.ts';
import type { ImportWorker } from '#lib/workers/start-import-worker.ts';
import { addImport } from '../commands/expenses.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { rememberForNextTime } from './remembered-mappings.ts';

export type Looked = Extract<ImportAnswer, { kind: 'look' }>;

/** What rows get that say nothing themselves. */
export interface Defaults {
  readonly categoryId: string | null;
  readonly departmentId: string | null;
}

/** What has to be answered before anything can be imported. */
export type OpenQuestion = 'amount-column' | 'date-order' | 'decimal-mark';

export interface Imported {
  readonly batch: ImportBatch;
  readonly added: number;
  /** Rows that are in the workspace already. */
  readonly here: number;
  /** Look-alikes that somebody said are the same, and those nobody decided. */
  readonly same: number;
  readonly undecided: number;
  readonly setAside: number;
}

/** The period rows are expected in. */
export type Expected = { readonly start: string; readonly end: string } | null;

export class PaymentsImport {
  readonly file: File;
  readonly recalled: boolean;
  readonly #workspace: Workspace;
  readonly #reference: () => Reference;
  readonly #worker: ImportWorker;
  readonly #looked: Looked;
  #mapping = $state.raw<ColumnMapping>() as ColumnMapping;
  #decisions = $state.raw<ColumnDecisions>() as ColumnDecisions;
  #how = $state.raw<HowToRead>() as HowToRead;
  /** Questions that the file leaves open and somebody has answered. */
  #answered = $state.raw<readonly OpenQuestion[]>([]);
  #chosen = $state.raw<ChosenNames>({});
  #expected = $state.raw<Expected>(null);
  #rows = $state.raw<readonly ImportedRow[]>([]);
  #reading = $state.raw<ImportReading>();
  #verdicts = $state.raw<readonly Verdict[]>();
  #known = $state.raw<readonly KnownExpense[]>([]);
  #progress = $state(0);
  #failed = $state.raw<unknown>();
  #isStopped = $state(false);
  #current = new AbortController();
  /** By fingerprint: whether a look-alike is a purchase of its own. */
  readonly #own = new SvelteMap<string, boolean>();
  defaults = $state.raw<Defaults>({ categoryId: null, departmentId: null });

  constructor(
    file: File,
    looked: Looked,
    ground: { readonly workspace: Workspace; readonly reference: () => Reference; readonly worker: ImportWorker },
  ) {
    this.file = file;
    this.#looked = looked;
    this.#workspace = ground.workspace;
    this.#reference = ground.reference;
    this.#worker = ground.worker;
    this.recalled = looked.recalled;
    this.#mapping = looked.mapping;
    this.#decisions = looked.decisions;
    this.#how = looked.how;
  }

  get mapping(): ColumnMapping {
    return this.#mapping;
  }

  get decisions(): ColumnDecisions {
    return this.#decisions;
  }

  get how(): HowToRead {
    return this.#how;
  }

  get sample(): Looked['sample'] {
    return this.#looked.sample;
  }

  get expected(): Expected {
    return this.#expected;
  }

  /** All rows that could be read, in the file's order; they grow while the file is read. */
  get rows(): readonly ImportedRow[] {
    return this.#rows;
  }

  /** The account of the file; undefined until all of it is read. */
  get reading(): ImportReading | undefined {
    return this.#reading;
  }

  /** A verdict for each row; undefined until they were compared with what is here. */
  get verdicts(): readonly Verdict[] | undefined {
    return this.#verdicts;
  }

  /** Expenses that rows are compared with. */
  get known(): readonly KnownExpense[] {
    return this.#known;
  }

  /** How much of the file is read, 0 to 1. */
  get progress(): number {
    return this.#progress;
  }

  /** What went wrong while reading. */
  get failed(): unknown {
    return this.#failed;
  }

  /** Whether somebody stopped the reading. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Questions that keep the import from being run, the first to be asked first. */
  get open(): readonly OpenQuestion[] {
    const { columns } = this.#mapping;
    const hasAmount = columns.some(({ role }) => role === 'amount' || role === 'debit' || role === 'credit');
    const { date, decimal } = this.#decisions;
    const asked: OpenQuestion[] = [];
    if (!hasAmount) asked.push('amount-column');
    if (date.kind === 'ambiguous' && !this.isAnswered('date-order')) asked.push('date-order');
    if (decimal.kind === 'ambiguous' && !this.isAnswered('decimal-mark')) asked.push('decimal-mark');
    return asked;
  }

  /** Whether somebody has answered it, for this file or an earlier one like it. */
  isAnswered(question: OpenQuestion): boolean {
    return this.recalled || this.#answered.includes(question);
  }

  /** Null while nobody has said whether this look-alike is a purchase of its own. */
  isOwn(row: ImportedRow): boolean | null {
    return this.#own.get(row.draft.fingerprint) ?? null;
  }

  decide(row: ImportedRow, own: boolean): void {
    this.#own.set(row.draft.fingerprint, own);
  }

  /** Rows that would be added now: the new ones, and look-alikes that are purchases of their own. */
  get toAdd(): readonly ImportedRow[] {
    return this.#rows.filter((row, at) => {
      const verdict = this.#verdicts?.[at];
      return verdict?.kind === 'new' || (verdict?.kind === 'alike' && this.isOwn(row) === true);
    });
  }

  /** Changes what a column becomes; how the columns are to be read is then decided anew. */
  async setRole(column: number, role: Role | null): Promise<void> {
    this.#mapping = withRole(this.#mapping, column, role);
    const isCurrent = this.#begin();
    const answer = await this.#ask({
      kind: 'decide',
      file: this.file,
      mapping: this.#mapping,
      usualCurrency: this.#how.currency,
    });
    if (!isCurrent() || answer?.kind !== 'decide') return;
    this.#decisions = answer.decisions;
    this.#how = answer.how;
    this.#answered = [];
    await this.read();
  }

  /** Answers how the columns are to be read. */
  async setHow(how: Partial<HowToRead>): Promise<void> {
    this.#how = { ...this.#how, ...how };
    const answers = [...this.#answered];
    if (how.dateOrder !== undefined) answers.push('date-order');
    if (how.decimalMark !== undefined) answers.push('decimal-mark');
    this.#answered = answers;
    await this.read();
  }

  /** Says what names of the file stand for; null for nothing. */
  async choose(list: NameList, meanings: Readonly<Record<string, string | null>>): Promise<void> {
    this.#chosen = { ...this.#chosen, [list]: { ...this.#chosen[list], ...meanings } };
    await this.read();
  }

  async expect(expected: Expected): Promise<void> {
    this.#expected = expected;
    await this.read();
  }

  /** Reads all rows and compares them with what is here; what was read before is dropped. */
  async read(): Promise<void> {
    const isCurrent = this.#begin();
    if (this.open.includes('amount-column')) return;
    const reference = this.#reference();
    const rows: ImportedRow[] = [];
    const answer = await this.#ask(
      {
        kind: 'read',
        file: this.file,
        mapping: this.#mapping,
        how: this.#how,
        directory: reference,
        chosen: this.#chosen,
        period: this.#expected,
      },
      (part) => rows.push(...part),
    );
    if (!isCurrent() || answer?.kind !== 'read') return;
    this.#rows = rows;
    this.#reading = answer.reading;
    await this.#match(rows, isCurrent);
  }

  /** Stops reading. */
  cancel(): void {
    this.#current.abort();
    this.#isStopped = true;
  }

  /** Adds what is new to the inbox, and remembers how such a file is read. */
  async run(onprogress: (added: number, of: number) => void): Promise<Result<Imported, StoreFailure>> {
    const workspace = this.#workspace;
    const rows = this.toAdd;
    const by = {
      batchId: workspace.newId(),
      member: workspace.member,
      at: workspace.nowIso(),
      newId: workspace.newId,
    };
    const expenses = expensesOf(rows, by).map((expense) => this.#withDefaults(expense));
    const counts = this.#counts(rows.length);
    const batch = importBatch(
      expenses,
      {
        fileName: this.file.name,
        fileHash: this.#looked.fileHash,
        matched: counts.here + counts.same,
        rejected: counts.setAside,
      },
      by,
    );
    const added = await addImport(workspace, batch, expenses, (done) => onprogress(done, expenses.length));
    if (!added.ok) return err(added.error);
    await workspace.log.flush();
    if (!this.#mapping.own) {
      rememberForNextTime(localStorage, workspace.id, rememberMapping(this.#mapping, this.#how));
    }
    return ok({ batch, added: expenses.length, ...counts });
  }

  #counts(added: number): Omit<Imported, 'batch' | 'added'> {
    const verdicts = this.#verdicts ?? [];
    const here = verdicts.filter(({ kind }) => kind === 'here').length;
    const alike = this.#rows.filter((_, at) => verdicts[at]?.kind === 'alike');
    const same = alike.filter((row) => this.isOwn(row) === false).length;
    return {
      here,
      same,
      undecided: this.#rows.length - added - here - same,
      setAside: this.#reading?.setAside.length ?? 0,
    };
  }

  #withDefaults(expense: Expense): Expense {
    const { categories } = this.#reference();
    const { categoryId, departmentId } = this.defaults;
    const nature = expense.kind === 'revenue' ? 'revenue' : 'cost';
    const fits = categories.find(({ id }) => id === categoryId)?.nature === nature;
    return {
      ...expense,
      categoryId: expense.categoryId ?? (fits ? categoryId : null),
      departmentId: expense.departmentId ?? departmentId,
    };
  }

  async #match(rows: readonly ImportedRow[], isCurrent: () => boolean): Promise<void> {
    const { reader } = this.#workspace;
    // What was imported a moment ago counts, too.
    await reader.settled();
    const known = await reader.knownLike(
      rows.map(({ draft: { fingerprint, date, amount, currency } }) => ({ fingerprint, date, amount, currency })),
    );
    if (!isCurrent()) return;
    if (known.length === 0) {
      this.#verdicts = rows.map(() => ({ kind: 'new' }));
    } else {
      const answer = await this.#ask({ kind: 'match', rows, known });
      if (!isCurrent() || answer?.kind !== 'match') return;
      this.#verdicts = answer.verdicts;
    }
    this.#known = known;
  }

  /** Ends what is under way and begins anew; gives whether what began now still goes on. */
  #begin(): () => boolean {
    this.#current.abort();
    this.#current = new AbortController();
    this.#reading = undefined;
    this.#verdicts = undefined;
    this.#rows = [];
    this.#progress = 0;
    this.#failed = undefined;
    this.#isStopped = false;
    const { signal } = this.#current;
    return () => !signal.aborted;
  }

  async #ask(
    question: Parameters<ImportWorker['ask']>[0],
    onrows: (rows: readonly ImportedRow[]) => void = () => undefined,
  ): Promise<ImportAnswer | null> {
    const { signal } = this.#current;
    try {
      return await this.#worker.ask(question, {
        signal,
        onprogress: (progress) => {
          if (signal.aborted) return;
          this.#progress = progress.done;
          if (progress.kind === 'rows') onrows(progress.rows);
        },
      });
    } catch (cause) {
      if (!signal.aborted) this.#failed = cause;
      return null;
    }
  }
}
