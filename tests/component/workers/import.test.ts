import { expect, test } from 'vitest';
import type { ImportedRow } from '#lib/interchange/expenses/draft.ts';
import { startImportWorker, type ImportWorker } from '#lib/workers/start-import-worker.ts';
import type { ImportAnswer, ImportProgress } from '#lib/workers/import-messages.ts';

const emptyDirectory = { categories: [], departments: [], vendors: [], projects: [] };

function payments(rows: number): File {
  const lines = Array.from({ length: rows }, (_, i) => {
    const day = String((i % 28) + 1).padStart(2, '0');
    return `Somewhere Council,Service ${i % 40},Category ${i % 120},${day}/04/2027,${i}_1,${i % 900}.${String(i % 100).padStart(2, '0')},SUPPLIER ${i % 1000} LIMITED`;
  });
  return new File(
    [['Body,Service Area,Expenditure Category,Paid Date,Trans No,Amount,Supplier Name', ...lines].join('\n')],
    'april.csv',
  );
}

async function inWorker<T>(use: (worker: ImportWorker) => Promise<T>): Promise<T> {
  const worker = startImportWorker();
  try {
    return await use(worker);
  } finally {
    worker.close();
  }
}

function looked(answer: ImportAnswer): Extract<ImportAnswer, { kind: 'look' }> {
  if (answer.kind !== 'look') throw new Error(answer.kind);
  return answer;
}

test('X30: 10,000 rows are looked at, read and matched off the page; every part comes before the answer', async () => {
  await inWorker(async (worker) => {
    const file = payments(10_000);
    const { mapping, how } = looked(await worker.ask({ kind: 'look', file, usualCurrency: 'GBP', remembered: [] }));
    const rows: ImportedRow[] = [];
    const answer = await worker.ask(
      { kind: 'read', file, mapping, how, directory: emptyDirectory, chosen: {}, period: null },
      { onprogress: (step) => (step.kind === 'rows' ? void rows.push(...step.rows) : undefined) },
    );
    const matched = await worker.ask({ kind: 'match', rows, known: [] });
    expect(answer).toMatchObject({ kind: 'read', reading: { rows: 10_000, setAside: [] } });
    expect(rows).toHaveLength(10_000);
    expect(matched.kind === 'match' && matched.verdicts.every(({ kind }) => kind === 'new')).toBe(true);
  });
});

test('X30: an aborted question is answered as cancelled, and the worker goes on', async () => {
  await inWorker(async (worker) => {
    const file = payments(100_000);
    const abort = new AbortController();
    const steps: ImportProgress[] = [];
    const answer = await worker.ask(
      { kind: 'look', file, usualCurrency: 'GBP', remembered: [] },
      {
        signal: abort.signal,
        onprogress(step) {
          steps.push(step);
          abort.abort();
        },
      },
    );
    expect(answer).toEqual({ kind: 'cancelled' });
    expect(steps.length).toBeLessThan(20);
    const next = await worker.ask({ kind: 'look', file: payments(5), usualCurrency: 'GBP', remembered: [] });
    expect(looked(next).decisions.rows).toBe(5);
  });
});
