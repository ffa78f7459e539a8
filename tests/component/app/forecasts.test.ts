import { expect, onTestFinished, test } from 'vitest';
import { Forecasts } from '#lib/app/forecasting/forecasts.svelte.ts';
import { closeForecastPool } from '#lib/app/forecasting/forecast-pool.ts';
import { openAnalysis } from '#lib/documents/documents.ts';
import { openReader } from '#lib/app/reader.ts';
import { readReference, type Reference } from '#lib/app/reference.ts';
import { monthAt, noisyMonths } from '#tests/support/make-series.ts';
import { logForTest } from '../store/log-for-test.ts';
import { makeExpense, makeLine, WorkspaceForTest } from '../store/workspace-for-test.ts';

/** Three years to December 2025 on one line, a new line beside it, and a plan for 2026: asked in January 2027. */
async function workspaceWithHistory(): Promise<{
  forecasts: Forecasts;
  workspace: WorkspaceForTest;
  settled: () => Promise<void>;
}> {
  const { log, database } = await logForTest();
  const workspace = new WorkspaceForTest(log);
  workspace.found();
  const phases = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`2027-${String(at + 1).padStart(2, '0')}`, 1]),
  );
  workspace.plan(
    makeLine({ id: 'noisy', name: 'Hosting', phases }),
    makeLine({ id: 'new', name: 'Nothing yet', phases }),
    makeLine({ id: 'fees', name: 'Fees', nature: 'revenue', phases }),
  );
  noisyMonths().forEach((amount, at) => {
    const date = `${monthAt(at + 12)}-15`;
    workspace.post(makeExpense({ id: `e${at}`, date, amount, lineId: 'noisy' }));
    workspace.post(makeExpense({ id: `s${at}`, date, amount: 1000, vendorText: 'Smith' }));
  });
  await log.flush();
  const faults: unknown[] = [];
  const reader = openReader(database.name, {
    isShared: false,
    onchange: () => undefined,
    onfault: (fault) => faults.push(fault),
  });
  await reader.settled();
  const reference = (await readReference(reader)) as Reference;
  onTestFinished(async () => {
    closeForecastPool();
    await reader.close();
    expect(faults).toEqual([]);
  });
  const forecasts = new Forecasts({ reader, reference, nowIso: () => '2027-01-20T09:00:00.000Z' });
  return { forecasts, workspace, settled: async () => (await log.flush(), reader.settled()) };
}

const byLine = { fiscalYear: 2027, by: 'line', grain: 'period' } as const;

test('every line has its forecast, and parts add up to the whole to the cent', async () => {
  const { forecasts } = await workspaceWithHistory();
  await forecasts.ask(byLine);
  const { answer } = forecasts;
  expect(forecasts.failed).toBeUndefined();
  expect([answer?.until.key, answer?.isClosed, answer?.ahead.length]).toEqual(['2026-12', false, 12]);
  expect(answer?.rows.map(({ name, fault }) => [name, fault?.kind ?? null])).toEqual([
    ['Hosting', null],
    ['Nothing yet', 'no-points'],
    ['No line', null],
    ['Fees', 'no-points'],
  ]);
  const [hosting, , unnamed] = answer?.rows ?? [];
  expect(hosting?.made?.method).toBe('combination');
  expect([...(unnamed?.expected.values() ?? [])]).toEqual(new Array(12).fill(1000));
  const [total] = answer?.totals ?? [];
  expect(total?.name).toBe('All cost');
  for (const { key } of answer?.ahead ?? []) {
    expect(Number.isInteger(hosting?.expected.get(key))).toBe(true);
    expect(total?.expected.get(key)).toBe((hosting?.expected.get(key) ?? NaN) + 1000);
    expect(total?.planned.get(key)).toBe(2);
  }
  expect(forecasts.progress).toBeNull();
});

test('by quarter and by category the same money is forecast as a whole', async () => {
  const { forecasts } = await workspaceWithHistory();
  await forecasts.ask({ ...byLine, by: 'category', grain: 'quarter' });
  const { answer } = forecasts;
  expect(answer?.ahead.map(({ key }) => key)).toEqual(['2027-01', '2027-04', '2027-07', '2027-10']);
  const [category] = answer?.rows ?? [];
  expect([category?.name, category?.series?.season, category?.series?.values.length]).toEqual(['Hosting', 4, 12]);
  const firstQuarter = noisyMonths().slice(0, 3);
  expect(category?.actual.get('2024-01')).toBe(firstQuarter.reduce((sum, each) => sum + each, 0) + 3000);
});

test('what is known of a line is scheduled, what is decided stands beside what was calculated', async () => {
  const { forecasts, workspace, settled } = await workspaceWithHistory();
  await forecasts.ask(byLine);
  const before = forecasts.answer?.rows[0];
  const decided = { by: 'ann', at: '2027-01-20T08:00:00.000Z', expires: null };
  workspace.edit('analysis/2027/root', (doc) => {
    const { recurring, overrides, adjustments, methods } = openAnalysis(doc);
    const monthly = { count: 1, unit: 'month' } as const;
    const entry = { label: 'Rent', amount: 25_000, currency: 'EUR', first: '2027-02-01', every: monthly, last: null };
    recurring.insert({ ...entry, id: 'r1', lineId: 'new' });
    overrides.insert({ ...decided, id: 'o1', lineId: 'noisy', period: '2027-03', amount: 42, reason: 'quote' });
    adjustments.insert({
      ...decided,
      id: 'a1',
      lineId: 'noisy',
      period: '2026-12',
      kind: 'replace',
      amount: 1_000_000,
      reason: 'booked twice',
    });
    methods.insert({ id: 'noisy', method: 'theta' });
  });
  await settled();
  await forecasts.ask(byLine);
  const [hosting, fresh] = forecasts.answer?.rows ?? [];
  expect(hosting?.made?.method).toBe('theta');
  expect(hosting?.expected.get('2027-03')).toBe(42);
  expect(hosting?.made?.calculated[2]).not.toBe(42);
  expect(hosting?.made?.adjustments.map(({ standing }) => standing)).toEqual(['holds']);
  expect(hosting?.expected.get('2027-05')).not.toBe(before?.expected.get('2027-05'));
  // A line without a single posting is what is known of it.
  expect(fresh?.made?.method).toBe('known-events');
  expect([...(fresh?.expected.values() ?? [])]).toEqual([0, ...new Array<number>(11).fill(25_000)]);
  // By quarter what is known and the method count; figures of single periods do not.
  await forecasts.ask({ ...byLine, grain: 'quarter' });
  const [inQuarters, freshQuarters] = forecasts.answer?.rows ?? [];
  expect(inQuarters?.made?.method).toBe('theta');
  expect(inQuarters?.made?.overrides).toEqual([]);
  expect([...(freshQuarters?.expected.values() ?? [])]).toEqual([50_000, 75_000, 75_000, 75_000]);
});

test('a newer question takes the place of an older one, and a cancelled one leaves the answer as it was', async () => {
  const { forecasts, workspace, settled } = await workspaceWithHistory();
  const older = forecasts.ask({ ...byLine, by: 'department' });
  await forecasts.ask(byLine);
  await older;
  expect(forecasts.answer?.asked.by).toBe('line');
  const before = forecasts.answer;
  const cancelled = forecasts.ask({ ...byLine, by: 'vendor' });
  forecasts.cancel();
  await cancelled;
  expect([forecasts.answer === before, forecasts.progress, forecasts.failed]).toEqual([true, null, undefined]);
  // What is booked later is in the next answer.
  workspace.post(makeExpense({ id: 'late', date: '2026-12-31', amount: 5_000_000, lineId: 'noisy' }));
  await settled();
  await forecasts.ask(byLine);
  const last = forecasts.answer?.rows[0]?.series?.values.at(-1);
  expect(last).toBe((noisyMonths().at(-1) ?? NaN) + 5_000_000);
});
