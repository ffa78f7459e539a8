/** A budget file on its way into a version of the plan. Nothing is stored before `run`. */
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { budgetLinesOf } from '#lib/interchange/budget/lines.ts';
import type { BudgetReading } from '#lib/interchange/budget/read.ts';
import { explainRefusal } from '#lib/interchange/explain.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { ImportAnswer } from '#lib/workers/import-messages.ts';
import type { ImportWorker } from '#lib/workers/start-import-worker.ts';
import { addLines, createVersionWith } from '../commands/budget.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';

type LookedBudget = Extract<ImportAnswer, { kind: 'look-budget' }>;

export interface BudgetHow {
  readonly decimalMark: '.' | ',';
  readonly spending: 'positive' | 'negative';
  readonly currency: string;
}

/** Where the lines go: a version that is made for them, or one that stands. */
export type BudgetTarget =
  { readonly kind: 'new'; readonly name: string } | { readonly kind: 'existing'; readonly id: string };

export class BudgetImport {
  readonly file: File;
  readonly #workspace: Workspace;
  readonly #reference: () => Reference;
  readonly #worker: ImportWorker;
  #year = $state() as number;
  #looked = $state.raw<LookedBudget | null>(null);
  #how = $state.raw<BudgetHow | null>(null);
  #isMarkAnswered = $state(false);
  #reading = $state.raw<BudgetReading>();
  #refusal = $state.raw<string | null>(null);
  #failed = $state.raw<unknown>();
  #asked = 0;

  constructor(
    file: File,
    year: number,
    ground: { readonly workspace: Workspace; readonly reference: () => Reference; readonly worker: ImportWorker },
  ) {
    this.file = file;
    this.#year = year;
    this.#workspace = ground.workspace;
    this.#reference = ground.reference;
    this.#worker = ground.worker;
  }

  get year(): number {
    return this.#year;
  }

  /** What its columns were taken for; null while looking, or when it was not taken for a budget. */
  get layout(): LookedBudget['layout'] | null {
    return this.#looked?.layout ?? null;
  }

  /** Null until looked at. */
  get how(): BudgetHow | null {
    return this.#how;
  }

  /** Amounts that can be read two ways, while nobody has said which. */
  get openMark(): Extract<LookedBudget['decisions']['decimal'], { kind: 'ambiguous' }> | null {
    const decimal = this.#looked?.decisions.decimal;
    return decimal?.kind === 'ambiguous' ? decimal : null;
  }

  get isMarkAnswered(): boolean {
    return this.#isMarkAnswered;
  }

  get reading(): BudgetReading | undefined {
    return this.#reading;
  }

  /** Why it cannot be read as a budget of this year. */
  get refusal(): string | null {
    return this.#refusal;
  }

  get failed(): unknown {
    return this.#failed;
  }

  /** Whether the lines could be stored now. */
  get isReady(): boolean {
    const isSettled = this.openMark === null || this.#isMarkAnswered;
    return isSettled && this.#reading !== undefined && this.#reading.lines.length > 0;
  }

  /** Looks at the file as a budget of a fiscal year. */
  async look(year = this.#year): Promise<void> {
    this.#year = year;
    this.#reading = undefined;
    this.#refusal = null;
    const answer = await this.#ask({
      kind: 'look-budget',
      file: this.file,
      periods: this.#periods(),
      usualCurrency: this.#reference().baseCurrency,
    });
    if (answer?.kind === 'refused') {
      this.#looked = null;
      this.#refusal = explainRefusal(answer.refusal);
    }
    if (answer?.kind !== 'look-budget') return;
    this.#looked = answer;
    const { decimal, spending, currency } = answer.decisions;
    const decimalMark = decimal.kind === 'decided' ? decimal.mark : (decimal.marks[0] ?? '.');
    this.#how = { decimalMark, spending, currency };
    await this.#read();
  }

  async setHow(how: Partial<BudgetHow>): Promise<void> {
    if (this.#how === null) return;
    this.#how = { ...this.#how, ...how };
    if (how.decimalMark !== undefined) this.#isMarkAnswered = true;
    await this.#read();
  }

  /** Stores the lines and gives the version they stand in. */
  async run(target: BudgetTarget): Promise<Result<BudgetVersion, StoreFailure>> {
    const workspace = this.#workspace;
    const drafts = this.#reading?.lines ?? [];
    const planned = (firstOrder: number) =>
      budgetLinesOf(drafts, { newId: workspace.newId, firstOrder }).map(({ line, phases }) => ({
        ...line,
        phases,
        formula: null,
      }));
    if (target.kind === 'new') {
      const version = { name: target.name, kind: 'budget' as const, fiscalYear: this.#year };
      return createVersionWith(workspace, this.#reference(), version, planned(1));
    }
    const version = this.#reference().versions.find(({ id }) => id === target.id);
    if (version === undefined) return err({ kind: 'cannot-write', cause: 'the version is gone' });
    const orders = (await workspace.reader.lines(version.id)).map(({ order }) => order);
    const written = await addLines(workspace, this.#reference(), version.id, planned(Math.max(0, ...orders) + 1));
    return written.ok ? ok(version) : written;
  }

  async #read(): Promise<void> {
    const [looked, how] = [this.#looked, this.#how];
    if (looked === null || how === null) return;
    const answer = await this.#ask({
      kind: 'read-budget',
      file: this.file,
      layout: looked.layout,
      context: { ...how, periods: this.#periods() },
      directory: this.#reference(),
      chosen: {},
    });
    if (answer?.kind === 'read-budget') this.#reading = answer.reading;
  }

  #periods() {
    return periodsOfYear(this.#reference().calendar, this.#year);
  }

  /** Null when a newer question was asked meanwhile, or the worker failed. */
  async #ask(question: Parameters<ImportWorker['ask']>[0]): Promise<ImportAnswer | null> {
    this.#failed = undefined;
    const asked = (this.#asked += 1);
    try {
      const answer = await this.#worker.ask(question);
      return asked === this.#asked ? answer : null;
    } catch (cause) {
      if (asked === this.#asked) this.#failed = cause;
      return null;
    }
  }
}
