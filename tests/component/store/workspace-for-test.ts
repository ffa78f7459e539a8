/** A small workspace as update rows: documents are edited as the app does, and every update is appended. */
import type { Doc } from 'yjs';
import { openCore, openDecisions, openInbox, openLedger, openPlan, openReturns } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { applyRows, updatesOf } from '#lib/documents/replica.ts';
import { entryFromExpense, reversalOf, type LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';

export const ANN = { member: 'ann', at: '2027-02-01T09:00:00.000Z' };

export class WorkspaceForTest {
  readonly log: UpdateLog;
  readonly #docs = new Map<string, Doc>();

  constructor(log: UpdateLog) {
    this.log = log;
  }

  /** The base currency is EUR and years are calendar years; one USD is worth 0.9 EUR. */
  found(): void {
    this.edit('decisions/root', (doc) => {
      const { workspace, rates, departments } = openDecisions(doc);
      workspace.insert({
        id: 'workspace',
        name: 'Harbourlight',
        baseCurrency: 'EUR',
        calendar: { pattern: 'months', startMonth: 1, namedBy: 'end' },
        founder: 'ann',
      });
      rates.insert({ id: 'r1', from: 'USD', to: 'EUR', rate: '0.9', date: '2026-01-01', source: 'test' });
      const version = { from: null, name: 'Harbourlight', code: 'HL', parentId: null, managerId: null };
      departments.insert({ id: 'root', versions: [version], closedFrom: null, area: true });
    });
    this.edit('core', (doc) => {
      const { categories, vendors, versions } = openCore(doc);
      categories.insert({ id: 'cloud', name: 'Cloud', parentId: null, kind: 'cloud', nature: 'cost', order: 1 });
      categories.insert({ id: 'host', name: 'Hosting', parentId: 'cloud', kind: 'cloud', nature: 'cost', order: 1 });
      vendors.insert({ id: 'acme', name: 'Acme', aliases: [], note: '' });
      versions.insert({
        id: 'v1',
        name: 'Budget FY27',
        kind: 'budget',
        fiscalYear: 2027,
        parentId: null,
        createdAt: '2026-11-01T00:00:00.000Z',
        createdBy: 'ann',
        archived: false,
      });
    });
  }

  capture(...expenses: readonly Expense[]): void {
    this.edit('inbox/ann', (doc) => expenses.forEach((expense) => openInbox(doc).expenses.insert(expense)));
  }

  plan(...lines: readonly PlannedLine[]): void {
    this.edit('plan/v1/root', (doc) => lines.forEach((line) => openPlan(doc).lines.insert(line)));
  }

  /** What the decider writes when it posts; the entry counts in the month of its date. */
  post(expense: Expense, generation = 1): LedgerEntry {
    const entry = makeEntry(expense, generation);
    this.edit(`ledger/${entry.period}/root`, (doc) => openLedger(doc).entries.insert(entry));
    if (generation > 1) {
      this.edit('returns/ann', (doc) => openReturns(doc).returned.revise(expense.id, { posted: true }, ANN));
    }
    return entry;
  }

  /** What the decider writes when it takes an entry back; with a reason to return it, its expense is open again. */
  takeBack(entry: LedgerEntry, returnedFor: string | null = null): void {
    const terms = {
      id: `${entry.id}-r`,
      period: entry.period,
      reason: returnedFor === null ? 'test' : null,
      postedAt: ANN.at,
      postedBy: 'ann',
    };
    this.edit(`ledger/${entry.period}/root`, (doc) => openLedger(doc).entries.insert(reversalOf(entry, terms)));
    if (returnedFor === null) return;
    const { expenseId: id, generation } = entry;
    this.edit('returns/ann', (doc) => {
      const { returned } = openReturns(doc);
      const fields = { reason: returnedFor, generation: generation + 1, posted: false };
      if (returned.has(id)) returned.revise(id, fields, ANN);
      else returned.insert({ id, ...fields });
    });
  }

  edit(document: string, work: (doc: Doc) => void): void {
    const doc = this.#docs.get(document) ?? newDocument();
    this.#docs.set(document, doc);
    for (const bytes of updatesOf(doc, () => doc.transact(() => work(doc)))) this.log.append(document, bytes);
  }

  /** The same document on a second device that has seen everything so far. */
  copyOf(document: string): Doc {
    const copy = newDocument();
    applyRows(copy, this.log.heldRows(document));
    return copy;
  }
}

export function makeExpense(fields: Partial<Expense> & { readonly id: string }): Expense {
  return {
    kind: 'expense',
    date: '2027-02-03',
    amount: 1000,
    currency: 'EUR',
    vendorText: 'Acme Ltd',
    description: '',
    invoiceNumber: '',
    receipts: [],
    batchId: null,
    batchLine: null,
    fingerprint: null,
    capturedAt: '2027-02-03T10:00:00.000Z',
    capturedBy: 'ann',
    returnedReason: null,
    vendorId: null,
    categoryId: 'host',
    departmentId: 'root',
    projectId: null,
    lineId: null,
    ...fields,
  };
}

function makeEntry(expense: Expense, generation = 1): LedgerEntry {
  return entryFromExpense(expense, {
    id: `${expense.id}-${generation}`,
    generation,
    period: (expense.date ?? '2027-01-01').slice(0, 7),
    area: 'root',
    baseAmount: expense.amount,
    rate: '1',
    rateDate: null,
    rateSource: 'test',
    postedAt: ANN.at,
    postedBy: 'ann',
  });
}

export function makeLine(fields: Partial<PlannedLine> & { readonly id: string }): PlannedLine {
  return {
    name: 'Hosting',
    nature: 'cost',
    categoryId: 'host',
    departmentId: 'root',
    vendorId: null,
    projectId: null,
    objectiveId: null,
    ownerId: null,
    currency: 'EUR',
    spend: 'opex',
    purpose: 'run',
    note: '',
    archived: false,
    order: 1,
    phases: {},
    formula: null,
    ...fields,
  };
}
