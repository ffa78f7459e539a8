import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  columnsOf,
  openAnalysis,
  openCore,
  openDecisions,
  openInbox,
  openLedger,
  openPlan,
  openReturns,
  openTalk,
} from '#lib/documents/documents.ts';
import type { ClosedPeriod } from '#lib/documents/decisions.ts';
import { nameFromText } from '#lib/documents/document-name.ts';
import { openScenario } from '#lib/documents/scenario.ts';
import { newDocument, type Doc } from '#lib/documents/new-document.ts';
import type { Change } from '#lib/domain/scenario/scenario.ts';
import type { Identified } from '#lib/documents/record-schema.ts';
import type { Table } from '#lib/documents/record-table.ts';
import { makeDepartment } from '#tests/support/make-department.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { ann, plannedLine, planOf } from './support.ts';

function expectKept<R extends Identified>(table: Table<R>, record: R): void {
  table.insert(record);
  expect(table.get(record.id)).toEqual(record);
}

test('D11: every collection gives back what is put into it', () => {
  const core = openCore(newDocument());
  expectKept(core.categories, {
    id: 'cloud',
    name: 'Cloud',
    parentId: null,
    kind: 'cloud',
    nature: 'cost',
    order: 2,
  });
  expectKept(core.vendors, { id: 'dell', name: 'Dell', aliases: ['DELL GMBH'], note: '' });
  expectKept(core.projects, { id: 'erp', name: 'New ERP', code: 'P-7', objectiveId: 'agile', closed: false });
  expectKept(core.projects, {
    id: 'crm',
    name: 'New CRM',
    code: '',
    objectiveId: null,
    closed: false,
    progress: { complete: { '2027-02': 2500 }, remaining: { '2027-03': 12_000_00 } },
  });
  expectKept(core.objectives, {
    id: 'agile',
    name: 'Ship weekly',
    metric: 'releases',
    target: '50',
    due: '2027-12-31',
  });
  expectKept(core.versions, {
    id: 'fy27',
    name: 'Budget FY27',
    kind: 'budget',
    fiscalYear: 2027,
    parentId: null,
    createdAt: ann.at,
    createdBy: 'ann',
    archived: false,
  });
  expectKept(core.workspace, { id: 'settings', locale: 'de-DE' });

  const inbox = openInbox(newDocument());
  expectKept(inbox.expenses, makeExpense({ receipts: ['ab12'], batchId: 'batch', batchLine: 7, date: null }));
  expectKept(inbox.batches, {
    id: 'batch',
    fileName: 'march.csv',
    fileHash: 'ab',
    importedAt: ann.at,
    rows: 10,
    matched: 2,
    rejected: 1,
    controlTotal: -1250,
    currency: 'EUR',
  });

  expectKept(openLedger(newDocument()).entries, makeEntry());
  expectKept(openTalk(newDocument()).comments, {
    id: 'c1',
    document: 'plan/fy27/root',
    collection: 'lines',
    recordId: 'cloud',
    field: '2027-03',
    answers: null,
    text: 'Why so much?',
    writtenBy: 'ann',
    writtenAt: ann.at,
    resolved: false,
  });

  const analysis = openAnalysis(newDocument());
  const decided = { lineId: 'cloud', reason: 'agreed', by: 'ann', at: ann.at, expires: null };
  expectKept(analysis.recurring, {
    id: 'rent',
    lineId: 'cloud',
    label: 'Rent',
    amount: 250_000,
    currency: 'EUR',
    first: '2027-01-31',
    every: { count: 3, unit: 'month' },
    last: null,
  });
  const step = { id: 'step', lineId: 'cloud', label: '4 % more', on: '2027-04-01', kind: 'price-step' } as const;
  expectKept(analysis.lineChanges, { ...step, amount: null, factor: 1.04, currency: null });
  expectKept(analysis.adjustments, { ...decided, id: 'a', period: '2027-01', kind: 'replace', amount: 100 });
  expectKept(analysis.overrides, { ...decided, id: 'o', period: '2027P05', amount: -100, expires: '2027-06-30' });
  expectKept(analysis.methods, { id: 'cloud', method: 'theta' });
  expectKept(analysis.publications, {
    id: 'p',
    name: 'Forecast of March',
    at: ann.at,
    by: 'ann',
    today: '2027-04-03',
    versionId: 'fy27',
    until: '2027-03',
  });
  expectKept(analysis.published, {
    id: 'p1',
    publicationId: 'p',
    lineId: 'cloud',
    ownerId: null,
    currency: 'EUR',
    method: 'combination',
    periods: ['2027-04', '2027-05'],
    mean: [100, 110],
    calculated: [100, 105],
    known: [0, 50],
    naive: [90, 95],
    lower80: [80, 85],
    upper80: [120, 125],
    lower95: [70, 75],
    upper95: [130, 135],
    scale: 12,
    nature: 'cost',
  });

  const decisions = openDecisions(newDocument());
  expectKept(decisions.departments, makeDepartment('it'));
  expectKept(decisions.rates, { id: 'r', from: 'USD', to: 'EUR', rate: '0.91', date: '2027-01-01', source: 'ECB' });
  expectKept(decisions.periods, {
    id: '2027-03',
    by: 'ann',
    at: ann.at,
    documents: [{ document: 'ledger/2027-03/root', hash: 'b'.repeat(64) }],
    hash: 'a'.repeat(64),
  });
  expectKept(openReturns(newDocument()).returned, { id: 'e1', reason: 'no receipt', generation: 2, posted: false });
  expectKept(decisions.returned, { id: 'expense-1', reason: 'no receipt', generation: 2 });
  expectKept(decisions.workspace, {
    id: 'workspace',
    name: 'Harbour',
    baseCurrency: 'EUR',
    calendar: { pattern: 'months', startMonth: 1, namedBy: 'end' },
    founder: 'ann',
  });
});

test('D11: every collection of a scenario gives back what is put into it', () => {
  const { heads, changes, assumptions, distributions, correlations } = openScenario(newDocument());
  expectKept(heads, {
    id: 'cuts',
    name: '10 % cuts',
    ownerId: 'ann',
    over: { versionId: 'fy27' },
    probability: '0.3',
    note: '',
    archived: false,
    createdAt: ann.at,
    createdBy: 'ann',
  });
  expectKept(assumptions, { id: 'a', text: 'Nobody is hired', source: 'Board, 3 May', order: 1 });
  expectKept(distributions, {
    id: 'hires',
    kind: 'discrete',
    parameters: { values: [0, 6], probabilities: [0.4, 0.6] },
  });
  expectKept(correlations, { id: 'c', one: 'hires', other: 'pay', value: -0.5 });
  const driver = { kind: 'driver', id: 'pay', name: 'Pay', unit: 'EUR/head' } as const;
  const { phases, formula, ...line } = plannedLine({ id: 'cloud', phases: { '2027-01': 5 } });
  const each: readonly Change[] = [
    { kind: 'add-driver', driver: { ...driver, content: { values: [{ from: null, value: '12.5' }] } } },
    { kind: 'set-driver', driverId: 'pay', content: { formula: '{hires} * 2' } },
    { kind: 'add-line', line: { line, phases, formula } },
    { kind: 'drop-line', lineId: 'crm' },
    { kind: 'set-formula', lineId: 'crm', formula: '{pay} * 2' },
    { kind: 'set-phases', lineId: 'crm', phases: { '2027-03': 120_000, '2027P04': 0 } },
    { kind: 'scale-line', lineId: 'crm', percent: '-10', from: null },
    { kind: 'move-line', lineId: 'crm', periods: -2 },
    { kind: 'stop-line', lineId: 'crm', from: '2027-07-01' },
  ];
  for (const [order, change] of each.entries()) expectKept(changes, { id: `c${order}`, order, change });
});

test('D26: two people who give amounts to two months in one change of a scenario both win', () => {
  const left = newDocument();
  const add = (doc: Doc) =>
    openScenario(doc).changes.insert({ id: 'c', order: 1, change: { kind: 'set-phases', lineId: 'crm', phases: {} } });
  add(left);
  const right = newDocument();
  Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
  openScenario(left).changes.revise('c', { '2027-03': 1 }, ann);
  openScenario(right).changes.revise('c', { '2027-04': 2 }, ann);
  Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
  expect(openScenario(right).changes.get('c')?.change).toMatchObject({ phases: { '2027-03': 1, '2027-04': 2 } });
});

test('D13: a period that was closed before closings named their documents is read, and names none', () => {
  const { periods } = openDecisions(newDocument());
  const old = { id: '2027-03', by: 'ann', at: ann.at, hash: 'a'.repeat(64) };
  periods.insert(old as ClosedPeriod);
  expect(periods.get('2027-03')).toEqual({ ...old, documents: [] });
});

test('D12: the phases of a line are fields of their own, named by their periods', () => {
  const doc = planOf(plannedLine({ id: 'cloud', phases: { '2027-03': 100, '2027P04': 50 } }));
  const { lines } = openPlan(doc);
  lines.revise('cloud', { '2027-03': 120, '2027-05': 7, '2027P04': undefined, note: 'more in May' }, ann);
  expect(lines.get('cloud')).toEqual({
    ...plannedLine({ id: 'cloud', note: 'more in May' }),
    phases: { '2027-03': 120, '2027-05': 7 },
  });
});

test('D12: a phase that is not whole minor units sets its line aside', () => {
  const doc = planOf(plannedLine({ id: 'cloud' }));
  openPlan(doc).lines.revise('cloud', { '2027-03': 0.5 }, ann);
  const { lines } = openPlan(doc);
  expect(lines.get('cloud')).toBeUndefined();
  expect(lines.unreadable()).toMatchObject([{ collection: 'lines', id: 'cloud' }]);
});

// Bases written years ago are read by these places. A column may be appended; no other change is ever right.
const columns = {
  'core categories': 'name parentId kind nature order',
  'core vendors': 'name aliases note',
  'core projects': 'name code objectiveId closed',
  'core objectives': 'name metric target due',
  'core versions': 'name kind fiscalYear parentId createdAt createdBy archived',
  'core workspace': 'locale',
  'plan/v/a lines':
    'name nature categoryId departmentId vendorId projectId objectiveId ownerId currency spend purpose note archived order',
  'inbox/m expenses':
    'kind date amount currency vendorText description invoiceNumber receipts batchId batchLine fingerprint capturedAt ' +
    'capturedBy returnedReason vendorId categoryId departmentId projectId lineId',
  'inbox/m batches': 'fileName fileHash importedAt rows matched rejected controlTotal currency',
  'ledger/2027-03/a entries':
    'expenseId generation kind nature reverses period area date amount currency baseAmount rate rateDate rateSource ' +
    'vendorText description invoiceNumber receipts batchId reason postedAt postedBy vendorId categoryId departmentId ' +
    'projectId lineId capturedBy',
  'returns/m returned': 'reason generation posted',
  'talk/2027/a comments': 'document collection recordId field answers text writtenBy writtenAt resolved',
  'analysis/2027/a recurring': 'lineId label amount currency first every last',
  'analysis/2027/a lineChanges': 'lineId label on kind amount factor currency',
  'analysis/2027/a adjustments': 'lineId period kind amount reason by at expires',
  'analysis/2027/a overrides': 'lineId period amount reason by at expires',
  'analysis/2027/a methods': 'method',
  'analysis/2027/a publications': 'name at by today versionId until',
  'analysis/2027/a published':
    'publicationId lineId ownerId currency method periods mean calculated known naive lower80 upper80 lower95 upper95 scale nature',
  'decisions/a workspace': 'name baseCurrency calendar founder',
  'decisions/a departments': 'versions closedFrom area',
  'decisions/a rates': 'from to rate date source',
  'decisions/a periods': '',
  'decisions/a returned': 'reason generation',
};

test('D6: what is not a judgement or a figure in whole minor units is set aside', () => {
  const { overrides, recurring } = openAnalysis(newDocument());
  overrides.insert({
    id: 'o',
    lineId: 'l',
    period: '2027-03',
    amount: 0.5,
    reason: '',
    by: 'a',
    at: '',
    expires: null,
  });
  const every = { count: 0, unit: 'month' } as const;
  recurring.insert({
    id: 'r',
    lineId: 'l',
    label: '',
    amount: 1,
    currency: 'EUR',
    first: '2027-01-01',
    every,
    last: null,
  });
  expect([...overrides.all(), ...recurring.all()]).toEqual([]);
  expect([...overrides.unreadable(), ...recurring.unreadable()]).toMatchObject([{ id: 'o' }, { id: 'r' }]);
});

test('D4: no column has moved', () => {
  for (const [place, names] of Object.entries(columns)) {
    const [document = '', collection = ''] = place.split(' ');
    expect(columnsOf(nameFromText(document), collection).join(' '), place).toBe(names);
  }
  expect(columnsOf(nameFromText('core'), 'from-a-newer-app')).toEqual([]);
  expect(columnsOf(nameFromText('core'), 'constructor')).toEqual([]);
});

test('D25: what two people say of different months of a project stands side by side; what is no percentage is set aside', () => {
  const doc = newDocument();
  const { projects } = openCore(doc);
  projects.insert({ id: 'erp', name: 'ERP', code: '', objectiveId: null, closed: false });
  expect(projects.get('erp')).not.toHaveProperty('progress');
  projects.revise('erp', { '2027-01': 1000, 'remaining:2027-01': 90_00 }, ann);
  projects.revise('erp', { '2027-02': 2000 }, ann);
  expect(projects.get('erp')?.progress).toEqual({
    complete: { '2027-01': 1000, '2027-02': 2000 },
    remaining: { '2027-01': 90_00 },
  });
  projects.revise('erp', { '2027-01': undefined, '2027-02': undefined, 'remaining:2027-01': undefined }, ann);
  expect(projects.get('erp')).not.toHaveProperty('progress');
  projects.revise('erp', { '2027-01': 10_001 }, ann);
  expect(projects.get('erp')).toBeUndefined();
  expect(projects.unreadable()).toMatchObject([{ id: 'erp' }]);
});
