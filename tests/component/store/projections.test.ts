import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { openAnalysis, openDecisions, openInbox, openPlan } from '#lib/documents/documents.ts';
import { openScenario } from '#lib/documents/scenario.ts';
import { newId } from '#lib/domain/id.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { perDimension, type ColumnRow } from '#lib/store/columns.ts';
import { decodeChunk } from '#lib/store/chunk-codec.ts';
import { Columns, natureOf, stateOf } from '#lib/store/columns.ts';
import type { Database } from '#lib/store/database.ts';
import { ProjectionHost } from '#lib/store/projection-host.ts';
import { ProjectionMemory } from '#lib/store/projection-memory.ts';
import { WrittenByAnother } from '#lib/store/projection-step.ts';
import { Projector } from '#lib/store/projector.ts';
import { logForTest, type LogForTest } from './log-for-test.ts';
import { ANN, makeExpense, makeLine, WorkspaceForTest } from './workspace-for-test.ts';

const NOW = '2027-02-10T12:00:00.000Z';

async function hostOn(database: string, onchange: () => void = () => undefined): Promise<ProjectionHost> {
  const faults: unknown[] = [];
  const host = new ProjectionHost(database, { newId, now: () => NOW, onchange, onfault: (f) => faults.push(f) });
  const opened = await host.open({ isShared: false });
  expect(opened.ok).toBe(true);
  onTestFinished(async () => {
    await host.close();
    expect(faults).toEqual([]);
  });
  return host;
}

async function workspaceWithHost(): Promise<LogForTest & { workspace: WorkspaceForTest; host: ProjectionHost }> {
  const ground = await logForTest();
  const workspace = new WorkspaceForTest(ground.log);
  workspace.found();
  const host = await hostOn(ground.database.name);
  return { ...ground, workspace, host };
}

async function settled(log: LogForTest['log'], host: ProjectionHost): Promise<void> {
  await log.flush();
  await host.settled();
}

const BY_DATE = { sort: { by: 'date', descending: false }, offset: 0, limit: 100 } as const;

test('S16: an expense counts once from capture to posting, return, posting again and reversal', async () => {
  const { log, workspace, host } = await workspaceWithHost();
  const counted = async () => {
    await settled(log, host);
    const { ids, totals } = host.questions.list({ filter: {}, ...BY_DATE });
    const rows = await host.questions.rowsByIds(ids);
    return { cost: totals.cost, rows: rows.map(({ id, state, nextGeneration }) => `${id} ${state} ${nextGeneration}`) };
  };
  const expense = makeExpense({ id: 'e1', amount: 1250 });
  workspace.capture(expense);
  expect(await counted()).toEqual({ cost: 1250, rows: ['e1 unposted 1'] });
  const entry = workspace.post(expense);
  expect(await counted()).toEqual({ cost: 1250, rows: ['e1/e1-1 posted 2'] });
  workspace.takeBack(entry, 'no receipt');
  expect(await counted()).toEqual({
    cost: 1250,
    rows: ['e1 returned 2', 'e1/e1-1 posted 2', 'e1/e1-1-r posted 2'],
  });
  workspace.takeBack(workspace.post(expense, 2));
  expect((await counted()).cost).toBe(0);
  const [row] = await host.questions.rowsByIds(['e1/e1-1']);
  expect(row).toMatchObject({ takenBackBy: 'e1-1-r', returnedReason: null, isChangedAfterPosting: false });
});

test('S16: an inbox copy edited after posting changes no figure and says so', async () => {
  const { log, workspace, host } = await workspaceWithHost();
  const expense = makeExpense({ id: 'e1', amount: 1250 });
  workspace.capture(expense);
  workspace.post(expense);
  workspace.edit('inbox/ann', (doc) => openInbox(doc).expenses.revise('e1', { amount: 9 }, ANN));
  await settled(log, host);
  expect(host.questions.report({ by: ['period'], filter: {} }).totals.cost).toBe(1250);
  expect(await host.questions.rowsByIds(['e1/e1-1'])).toMatchObject([{ isChangedAfterPosting: true }]);
});

test('S16: a foreign expense counts at the rate of its day, again when rates change, and is said to lack one', async () => {
  const { log, workspace, host } = await workspaceWithHost();
  workspace.capture(
    makeExpense({ id: 'e1', amount: 1000, currency: 'USD' }),
    makeExpense({ id: 'e2', amount: 500, currency: 'CHF' }),
    makeExpense({ id: 'e3', amount: 70, date: null }),
  );
  await settled(log, host);
  const { axes, cost, totals } = host.questions.report({ by: ['period'], filter: {} });
  expect([axes, [...cost], totals.unconverted]).toEqual([[['', '2027-02']], [70, 900], 1]);
  workspace.edit('decisions/root', (doc) =>
    openDecisions(doc).rates.insert({ id: 'r2', from: 'CHF', to: 'EUR', rate: '1.1', date: '2027-01-01', source: 't' }),
  );
  await settled(log, host);
  expect(host.questions.report({ by: ['period'], filter: {} }).totals).toMatchObject({ cost: 1520, unconverted: 0 });
});

test('S16: imported rows are found by fingerprint and by batch', async () => {
  const { log, workspace, host } = await workspaceWithHost();
  workspace.capture(
    makeExpense({ id: 'e1', fingerprint: 'f1', batchId: 'b1' }),
    makeExpense({ id: 'e2', fingerprint: 'f2', batchId: 'b1' }),
  );
  await settled(log, host);
  expect(await host.questions.byFingerprint(['f2', 'f9'])).toEqual(new Map([['f2', 'e2']]));
  expect((await host.questions.rowsOfBatch('b1')).map(({ id }) => id)).toEqual(['e1', 'e2']);
});

test('S19: the overview has plan, actual and variance by month and category, and is one read without any document', async () => {
  const { log, database, workspace, host } = await workspaceWithHost();
  workspace.plan(makeLine({ id: 'l1', phases: { '2027-01': 100, '2027-02': 1000, '2027-03': 7 } }));
  workspace.plan(makeLine({ id: 'l2', currency: 'USD', phases: { '2027-02': 100 } }));
  const expense = makeExpense({ id: 'e1', amount: 1250, vendorId: 'acme' });
  workspace.capture(expense, makeExpense({ id: 'e2', amount: 40, date: null }));
  workspace.post(expense);
  await settled(log, host);
  await vi.waitFor(async () => expect((await host.questions.overview())?.cost.actualToDate).toBe(1250));
  const stored = await database.figures.get('overview');
  expect(stored?.figures).toMatchObject({
    asOf: NOW,
    currency: 'EUR',
    fiscalYear: 2027,
    plan: { id: 'v1', name: 'Budget FY27' },
    current: '2027-02',
    cost: { plan: 1197, planToDate: 1190, actualToDate: 1250, difference: 60, favourable: false },
    categories: [{ id: 'cloud', name: 'Cloud', nature: 'cost', ids: ['cloud', 'host'], planToDate: 1190 }],
    vendors: [{ value: 'acme', name: 'Acme', amount: 1250, rows: 1 }],
    counts: { unposted: 1, unpostedCost: 40, undated: 1, conflicts: 0, unconverted: 0, incomplete: 0, unreadable: 0 },
  });
  expect((stored?.figures as { periods: unknown[] }).periods[1]).toMatchObject({
    key: '2027-02',
    plan: 1090,
    actual: 1250,
  });
});

test('S22: lines, conflicts and reference data follow their documents', async () => {
  const { log, workspace, host } = await workspaceWithHost();
  workspace.plan(makeLine({ id: 'l1', phases: { '2027-01': 100 } }));
  const other = workspace.copyOf('plan/v1/root');
  workspace.edit('plan/v1/root', (doc) => openPlan(doc).lines.revise('l1', { '2027-01': 200 }, ANN));
  const seen = Y.encodeStateVector(other);
  openPlan(other).lines.revise('l1', { '2027-01': 300 }, ANN);
  log.append('plan/v1/root', Y.encodeStateAsUpdate(other, seen));
  await settled(log, host);
  expect(await host.questions.conflicts()).toEqual([
    { document: 'plan/v1/root', collection: 'lines', id: 'l1', field: '2027-01' },
  ]);
  expect((await host.questions.lines('v1')).map(({ id }) => id)).toEqual(['l1']);
  expect(host.questions.reference('vendors').map(({ name }) => name)).toEqual(['Acme']);
  workspace.edit('plan/v1/root', (doc) => openPlan(doc).lines.remove('l1', ANN));
  await settled(log, host);
  expect(await host.questions.lines('v1')).toEqual([]);
});

test('S22: the parts of scenarios are mirrored, each under the name of its own', async () => {
  const { log, workspace, host } = await workspaceWithHost();
  const head = { ownerId: null, over: { versionId: 'v1' }, probability: null, note: '', archived: false };
  for (const area of ['root', 'ops']) {
    workspace.edit(`scenario/cuts/${area}`, (doc) => {
      const { heads, changes } = openScenario(doc);
      heads.insert({ id: 'cuts', name: `Cuts in ${area}`, ...head, createdAt: ANN.at, createdBy: 'ann' });
      changes.insert({ id: 'c1', order: 1, change: { kind: 'drop-line', lineId: area } });
    });
  }
  await settled(log, host);
  expect(host.questions.reference('scenarios')).toMatchObject([
    { id: 'cuts', scenario: 'cuts', area: 'root', name: 'Cuts in root' },
    { id: 'cuts', scenario: 'cuts', area: 'ops', name: 'Cuts in ops' },
  ]);
  workspace.edit('scenario/cuts/ops', (doc) => openScenario(doc).changes.remove('c1', ANN));
  await settled(log, host);
  expect(host.questions.reference('scenarioChanges')).toMatchObject([{ id: 'c1', area: 'root' }]);
});

test('S22: what is decided of the future stands with its document, also of one id in several, and goes when removed', async () => {
  const { log, workspace, host } = await workspaceWithHost();
  const [before, now] = ['analysis/2026/root', 'analysis/2027/root'];
  workspace.edit(before, (doc) => openAnalysis(doc).methods.insert({ id: 'line', method: 'theta' }));
  workspace.edit(now, (doc) => {
    const { methods, lineChanges } = openAnalysis(doc);
    methods.insert({ id: 'line', method: 'ets' });
    const step = { id: 'step', lineId: 'line', label: 'Index', on: '2027-04-01', kind: 'price-step' } as const;
    lineChanges.insert({ ...step, amount: null, factor: 1.04, currency: null });
  });
  await settled(log, host);
  const pinned = () => host.questions.reference('methods').map(({ document, method }) => `${document} ${method}`);
  expect(pinned()).toEqual([`${before} theta`, `${now} ets`]);
  expect(host.questions.reference('lineChanges')).toMatchObject([{ id: 'step', factor: 1.04, document: now }]);
  workspace.edit(now, (doc) => openAnalysis(doc).methods.remove('line', ANN));
  await settled(log, host);
  expect(pinned()).toEqual([`${before} theta`]);
  const again = new ProjectionMemory(log.database);
  await again.load();
  expect(again.reference.all('methods')).toMatchObject([{ id: 'line', document: before }]);
});

test('S22: an update that waits for its predecessor makes its document incomplete until that comes', async () => {
  const { log, database, host } = await workspaceWithHost();
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => updates.push(bytes));
  openInbox(doc).expenses.insert(makeExpense({ id: 'e1' }));
  openInbox(doc).expenses.insert(makeExpense({ id: 'e2' }));
  const [first, second] = updates as [Uint8Array, Uint8Array];
  log.append('inbox/bob', second);
  await settled(log, host);
  expect(await database.projections.get('inbox/bob')).toMatchObject({ isIncomplete: true });
  log.append('inbox/bob', first);
  await settled(log, host);
  expect(await database.projections.get('inbox/bob')).toMatchObject({ isIncomplete: false });
  expect(host.questions.list({ filter: {}, ...BY_DATE }).ids).toEqual(['e1', 'e2']);
});

test('S22: rows taken away are taken out of the projections too', async () => {
  const { log, database, workspace, host } = await workspaceWithHost();
  workspace.capture(makeExpense({ id: 'e1', amount: 5 }));
  await settled(log, host);
  const [row] = await database.updates.where('document').equals('inbox/ann').toArray();
  await log.setAside('inbox/ann', row === undefined ? [] : [row]);
  await settled(log, host);
  expect(host.questions.report({ by: ['period'], filter: {} }).totals.rows).toBe(0);
  expect(await database.trails.count()).toBe(0);
});

test('S22: projections of another version of the app are not read, and made again', async () => {
  const { log, database, workspace, host } = await workspaceWithHost();
  workspace.capture(makeExpense({ id: 'e1', amount: 5 }));
  await settled(log, host);
  await host.close();
  await database.figures.toCollection().modify({ format: 0 });
  await database.columns.toCollection().modify({ count: 99 });
  const newer = await hostOn(database.name);
  await newer.settled();
  expect(newer.questions.report({ by: ['period'], filter: {} }).totals.cost).toBe(5);
});

test('S23: two tabs: one writes projections, the other follows, and takes over when the first is gone', async () => {
  const { log, database, workspace, host: first } = await workspaceWithHost();
  const changes: number[] = [];
  const second = await hostOn(database.name, () =>
    changes.push(second.questions.report({ by: ['period'], filter: {} }).totals.cost),
  );
  workspace.capture(makeExpense({ id: 'e1', amount: 5 }));
  await log.flush();
  await vi.waitFor(() => expect(changes).toContain(5));
  await first.close();
  workspace.capture(makeExpense({ id: 'e2', amount: 7 }));
  await log.flush();
  await vi.waitFor(() => expect(changes).toContain(12));
});

test('S23: a holder that no longer answers is succeeded, and whoever it was follows', async () => {
  const { log, database, workspace, host: frozen } = await workspaceWithHost();
  await settled(log, frozen);
  const name = `outlay-project:${database.name}`;
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => (wake = resolve));
  const holding = navigator.locks.request(name, { steal: true }, () => asleep).catch((thrown: unknown) => thrown);
  const changes: number[] = [];
  const second = await hostOn(database.name, () =>
    changes.push(second.questions.report({ by: ['period'], filter: {} }).totals.cost),
  );
  workspace.capture(makeExpense({ id: 'e1', amount: 5 }));
  await log.flush();
  await vi.waitFor(() => expect(changes).toContain(5), { timeout: 10_000 });
  expect(await holding).toMatchObject({ name: 'AbortError' });
  wake();
  workspace.capture(makeExpense({ id: 'e2', amount: 7 }));
  await settled(log, frozen);
  for (const host of [frozen, second]) {
    await vi.waitFor(() => expect(host.questions.report({ by: ['period'], filter: {} }).totals.cost).toBe(12));
  }
});

test('S23: a step that does not go on from the last one is not written', async () => {
  const { log, database, workspace, host } = await workspaceWithHost();
  await settled(log, host);
  const memory = new ProjectionMemory(database);
  await memory.load();
  const asleep = new Projector(database, memory, { newId, isShared: () => false, onsetaside: () => undefined });
  workspace.capture(makeExpense({ id: 'e1', amount: 5 }));
  await settled(log, host);
  await host.close();
  workspace.plan(makeLine({ id: 'l1' }));
  await log.flush();
  // Of another document than the one written meanwhile.
  await expect(asleep.project('plan/v1/root')).rejects.toBeInstanceOf(WrittenByAnother);
  expect(await asleep.project('plan/v1/root')).toMatchObject({ lines: ['plan/v1/root'] });
  expect(memory.columns.chunksOf('inbox/ann')).toHaveLength(1);
});

test('S23: a hidden holder yields to a visible tab', async () => {
  const { log, database, workspace, host: hidden } = await workspaceWithHost();
  await settled(log, hidden);
  const visible = await hostOn(database.name);
  const held = async () => (await navigator.locks.query()).held?.filter(({ name }) => name?.endsWith(database.name));
  const before = await held();
  hidden.visible(false);
  visible.visible(true);
  await vi.waitFor(async () => expect(before?.length).toBe((await held())?.length));
  workspace.capture(makeExpense({ id: 'e1', amount: 5 }));
  await settled(log, visible);
  expect(visible.questions.report({ by: ['period'], filter: {} }).totals.cost).toBe(5);
});

type Operation =
  | { readonly kind: 'capture' | 'revise' | 'remove' | 'post' | 'return' | 'reverse' | 'plan'; readonly at: number }
  | { readonly kind: 'settle' };

const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('capture', 'revise', 'remove', 'post', 'return', 'reverse', 'plan'),
      at: fc.nat(1000),
    }),
    fc.constant({ kind: 'settle' as const }),
  ),
  { minLength: 3, maxLength: 25 },
);

test(
  'S22: projecting step by step, in any order, ends where projecting everything from scratch does',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (sequence) => {
        const { log, database, workspace, host } = await workspaceWithHost();
        const life = new Life(workspace);
        for (const operation of sequence) {
          if (operation.kind === 'settle') await settled(log, host);
          else life.do(operation.kind, operation.at);
        }
        await settled(log, host);
        const stepByStep = await projectionsIn(database);
        await host.close();
        await forgetProjections(database);
        const afresh = await hostOn(database.name);
        await afresh.settled();
        expect(stepByStep).toEqual(await projectionsIn(database));
        await afresh.close();
      }),
      { numRuns: 12 },
    );
  },
);

/** Expenses and what happened to them, so that random operations stay possible ones. */
class Life {
  readonly #workspace: WorkspaceForTest;
  readonly #expenses: Expense[] = [];
  readonly #standing = new Map<string, LedgerEntry>();
  readonly #generation = new Map<string, number>();
  readonly #returned = new Set<string>();

  constructor(workspace: WorkspaceForTest) {
    this.#workspace = workspace;
  }

  do(kind: Exclude<Operation['kind'], 'settle'>, at: number): void {
    const expense = this.#expenses[at % Math.max(1, this.#expenses.length)];
    if (kind === 'capture') this.#capture(at);
    else if (kind === 'plan') this.#workspace.plan(makeLine({ id: newId(), phases: { '2027-03': at } }));
    else if (expense !== undefined) this.#change(kind, expense, at);
  }

  #capture(at: number): void {
    const expense = makeExpense({
      id: newId(),
      amount: at,
      date: at % 7 === 0 ? null : `2027-0${1 + (at % 3)}-10`,
      currency: at % 5 === 0 ? 'USD' : 'EUR',
    });
    this.#expenses.push(expense);
    this.#workspace.capture(expense);
  }

  #change(kind: 'revise' | 'remove' | 'post' | 'return' | 'reverse', expense: Expense, at: number): void {
    const standing = this.#standing.get(expense.id);
    const generation = (this.#generation.get(expense.id) ?? 0) + 1;
    if (kind === 'revise') {
      this.#workspace.edit('inbox/ann', (doc) => openInbox(doc).expenses.revise(expense.id, { amount: at }, ANN));
    } else if (kind === 'remove') {
      this.#workspace.edit('inbox/ann', (doc) => openInbox(doc).expenses.remove(expense.id, ANN));
    } else if (kind === 'post' && standing === undefined && (generation === 1 || this.#returned.has(expense.id))) {
      this.#returned.delete(expense.id);
      this.#generation.set(expense.id, generation);
      this.#standing.set(expense.id, this.#workspace.post(expense, generation));
    } else if ((kind === 'return' || kind === 'reverse') && standing !== undefined) {
      this.#standing.delete(expense.id);
      if (kind === 'return') this.#returned.add(expense.id);
      this.#workspace.takeBack(standing, kind === 'return' ? 'again' : null);
    }
  }
}

async function forgetProjections({ projections, trails, columns, lines, reference, conflicts, figures }: Database) {
  for (const table of [projections, trails, columns, lines, reference, conflicts, figures]) await table.clear();
}

/** Everything derived, in an order that does not depend on how it came about. */
async function projectionsIn(database: Database) {
  return {
    projections: await database.projections.toArray(),
    trails: await database.trails.toArray(),
    lines: await database.lines.toArray(),
    reference: await database.reference.toArray(),
    conflicts: await database.conflicts.toArray(),
    rows: await storedRows(database),
  };
}

async function storedRows(database: Database): Promise<readonly (ColumnRow & { document: string })[]> {
  const columns = new Columns();
  const rows = (await database.columns.toArray()).flatMap((stored) => {
    const chunk = decodeChunk(stored, columns.dictionaries);
    return Array.from({ length: chunk.count }, (_, row) => ({
      document: stored.document,
      id: chunk.ids.at(row),
      values: perDimension((d) => columns.dictionaries[d].values[chunk.codes[d][row] ?? -1] ?? 'no such code'),
      state: stateOf(chunk.kinds[row] ?? 0),
      nature: natureOf(chunk.kinds[row] ?? 0),
      day: chunk.days[row] ?? 0,
      amount: chunk.amounts[row] ?? 0,
      text: chunk.texts.at(row),
    }));
  });
  return rows.sort((a, b) => (`${a.document}|${a.id}` < `${b.document}|${b.id}` ? -1 : 1));
}
