import { proxy } from 'comlink';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startProjectionWorker } from '#lib/store/projection-worker.ts';
import { logForTest } from './log-for-test.ts';
import { makeExpense, WorkspaceForTest } from './workspace-for-test.ts';

test('S23: the real worker answers from what it projected, and tells when there is more', async () => {
  const { log, database } = await logForTest();
  const workspace = new WorkspaceForTest(log);
  workspace.found();
  const worker = startProjectionWorker();
  const onchange = vi.fn();
  const faults: unknown[] = [];
  const opened = await worker.open(
    database.name,
    { isShared: false },
    proxy(onchange),
    proxy((fault: unknown) => faults.push(fault)),
  );
  onTestFinished(() => worker.close().catch(() => undefined));
  expect(opened.ok).toBe(true);
  await log.flush();
  await worker.settled();
  onchange.mockClear();

  workspace.capture(makeExpense({ id: 'e1', amount: 1250 }));
  await log.flush();
  await vi.waitFor(() => expect(onchange).toHaveBeenCalled());
  const report = await worker.report({ by: ['period', 'category'], filter: {} });
  expect([report.axes, [...report.cost]]).toEqual([[['2027-02'], ['host']], [1250]]);
  const { ids } = await worker.list({ filter: {}, sort: { by: 'amount', descending: true }, offset: 0, limit: 10 });
  expect(await worker.rowsByIds(ids)).toMatchObject([{ id: 'e1', state: 'unposted', baseAmount: 1250 }]);
  await vi.waitFor(async () => expect((await worker.overview())?.counts.unposted).toBe(1));
  expect((await worker.overviewOf(2026))?.counts.unposted).toBe(1);
  expect(faults).toEqual([]);
});
