/** What the import page has in hand: one file, taken for payments or for a budget, until it is imported or put away. */
import { fiscalYearOf } from '#lib/domain/fiscal/period.ts';
import { explainRefusal } from '#lib/interchange/explain.ts';
import { refuseSize } from '#lib/interchange/file.ts';
import { startImportWorker, type ImportWorker } from '#lib/workers/start-import-worker.ts';
import { BudgetImport } from './importing/budget-import.svelte.ts';
import { PaymentsImport, type Imported } from './importing/payments-import.svelte.ts';
import { rememberedMappings } from './importing/remembered-mappings.ts';
import type { Reference } from './reference.ts';
import type { Workspace } from './workspace.svelte.ts';

export type ImportStage =
  | { readonly kind: 'waiting' }
  /** Why the last file was not taken, in a sentence. */
  | { readonly kind: 'refused'; readonly name: string; readonly why: string }
  | { readonly kind: 'looking'; readonly name: string }
  | { readonly kind: 'payments'; readonly payments: PaymentsImport }
  | { readonly kind: 'budget'; readonly budget: BudgetImport }
  | { readonly kind: 'imported'; readonly imported: Imported; readonly name: string };

export class ImportSession {
  readonly #workspace: Workspace;
  readonly #reference: () => Reference;
  readonly #today: () => string;
  #worker: ImportWorker | null = null;
  #stage = $state.raw<ImportStage>({ kind: 'waiting' });
  #file: File | null = null;
  #taken = 0;

  /** `today` is an ISO date: a budget is taken for one of its fiscal year, until somebody says otherwise. */
  constructor(workspace: Workspace, reference: () => Reference, today: () => string) {
    this.#workspace = workspace;
    this.#reference = reference;
    this.#today = today;
  }

  get stage(): ImportStage {
    return this.#stage;
  }

  /** Starts the worker, so that it stands by when a file comes. */
  open(): void {
    this.#started();
  }

  /** Takes a file for what it looks like; a person may say otherwise. */
  async take(file: File): Promise<void> {
    const taken = (this.#taken += 1);
    this.#putAway();
    this.#file = file;
    const refusal = refuseSize(file.size);
    if (refusal !== null) {
      this.#stage = { kind: 'refused', name: file.name, why: explainRefusal(refusal) };
      return;
    }
    this.#stage = { kind: 'looking', name: file.name };
    try {
      const stage = await this.#looked(file);
      if (taken === this.#taken) this.#stage = stage;
    } catch (cause) {
      // The worker ends with a file it cannot hold in memory; the next file gets a new one.
      console.error('The import worker failed', cause);
      this.#worker?.close();
      this.#worker = null;
      if (taken !== this.#taken) return;
      const why = 'The file could not be read to its end. Nothing was changed. Try it in smaller parts.';
      this.#stage = { kind: 'refused', name: file.name, why };
    }
  }

  /** Takes the file in hand for payments, whatever it looks like. */
  async asPayments(): Promise<void> {
    if (this.#file === null) return;
    const payments = await this.#paymentsIn(this.#file);
    this.#stage = payments;
  }

  /** Takes the file in hand for a budget, whatever it looks like. */
  async asBudget(): Promise<void> {
    if (this.#file === null) return;
    const budget = this.#budgetIn(this.#file);
    this.#stage = { kind: 'budget', budget };
    await budget.look();
  }

  imported(imported: Imported): void {
    const name = this.#file?.name ?? '';
    this.#file = null;
    this.#stage = { kind: 'imported', imported, name };
  }

  /** Puts the file away; nothing of it is kept. */
  reset(): void {
    this.#taken += 1;
    this.#putAway();
    this.#stage = { kind: 'waiting' };
  }

  /** Ends the worker. */
  close(): void {
    this.reset();
    this.#worker?.close();
    this.#worker = null;
  }

  #putAway(): void {
    if (this.#stage.kind === 'payments') this.#stage.payments.cancel();
    this.#file = null;
  }

  async #looked(file: File): Promise<ImportStage> {
    const stage = await this.#paymentsIn(file);
    if (stage.kind !== 'payments') return stage;
    const { mapping } = stage.payments;
    const has = (role: string): boolean => mapping.columns.some((column) => column.role === role);
    if (mapping.own || (has('date') && has('amount'))) return stage;
    const budget = this.#budgetIn(file);
    await budget.look();
    const looksLikeBudget = budget.layout !== null && budget.layout.phases.length > 1;
    return looksLikeBudget ? { kind: 'budget', budget } : stage;
  }

  async #paymentsIn(file: File): Promise<ImportStage> {
    const workspace = this.#workspace;
    const { baseCurrency } = this.#reference();
    const answer = await this.#started().ask({
      kind: 'look',
      file,
      usualCurrency: baseCurrency,
      remembered: rememberedMappings(localStorage, workspace.id),
    });
    if (answer.kind === 'refused') {
      return { kind: 'refused', name: file.name, why: explainRefusal(answer.refusal) };
    }
    if (answer.kind !== 'look') return { kind: 'waiting' };
    const payments = new PaymentsImport(file, answer, this.#ground());
    void payments.read();
    return { kind: 'payments', payments };
  }

  #budgetIn(file: File): BudgetImport {
    return new BudgetImport(file, fiscalYearOf(this.#reference().calendar, this.#today()), this.#ground());
  }

  #ground() {
    return { workspace: this.#workspace, reference: this.#reference, worker: this.#started() };
  }

  #started(): ImportWorker {
    this.#worker ??= startImportWorker();
    return this.#worker;
  }
}
