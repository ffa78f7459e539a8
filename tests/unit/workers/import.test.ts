import { expect, test } from 'vitest';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { rememberMapping } from '#lib/interchange/expenses/decide.ts';
import { withRole } from '#lib/interchange/expenses/mapping.ts';
import { LARGEST_FILE } from '#lib/interchange/file.ts';
import { explainRefusal } from '#lib/interchange/explain.ts';
import { answerImport } from '#lib/workers/import.ts';
import type { ImportAnswer, ImportProgress, ImportQuestion } from '#lib/workers/import-messages.ts';
import { emptyDirectory } from '#tests/support/import-text.ts';

interface Asked {
  readonly answer: ImportAnswer;
  readonly progress: readonly ImportProgress[];
}

async function ask(question: ImportQuestion, cancelAfter = Infinity): Promise<Asked> {
  const progress: ImportProgress[] = [];
  let looks = 0;
  const answer = await answerImport(question, {
    onprogress: (step) => progress.push(step),
    isCancelled: () => Promise.resolve((looks += 1) > cancelAfter),
  });
  return { answer, progress };
}

function answerOf<K extends ImportAnswer['kind']>({ answer }: Asked, kind: K): Extract<ImportAnswer, { kind: K }> {
  if (answer.kind !== kind) throw new Error(`answered ${answer.kind}`);
  return answer as Extract<ImportAnswer, { kind: K }>;
}

const APRIL = new Blob(['Date,Supplier,Net,Gross\n03/04/2027,Acme,10.00,12.00\n05/04/2027,Beta,1.00,1.20\n']);
const look = { kind: 'look', file: APRIL, usualCurrency: 'EUR', remembered: [] } as const;

test('X30: a file is looked at, read in parts and matched', async () => {
  const { mapping, how, fileHash, sample, decisions, recalled } = answerOf(await ask(look), 'look');
  expect(fileHash).toMatch(/^[0-9a-f]{64}$/);
  expect(decisions.date.kind).toBe('ambiguous');
  expect([recalled, sample[0]?.cells]).toEqual([false, ['03/04/2027', 'Acme', '10.00', '12.00']]);
  const asked = await ask({
    kind: 'read',
    file: APRIL,
    mapping,
    how,
    directory: emptyDirectory,
    chosen: {},
    period: null,
  });
  const rows = asked.progress.flatMap((step) => (step.kind === 'rows' ? step.rows : []));
  expect(answerOf(asked, 'read').reading).toMatchObject({ rows: 2, totals: [{ currency: 'EUR', minor: 1100 }] });
  expect(rows.map(({ draft }) => draft.amount)).toEqual([1000, 100]);
  const known = rows.slice(0, 1).map(({ draft }) => ({ ...draft, id: 'e1' }));
  expect(answerOf(await ask({ kind: 'match', rows, known }), 'match').verdicts).toEqual([
    { kind: 'here', id: 'e1' },
    { kind: 'new' },
  ]);
});

test('X11: a remembered mapping is applied to the next file with the same header', async () => {
  const { mapping, how } = answerOf(await ask(look), 'look');
  const remembered = rememberMapping(withRole(mapping, 3, 'amount'), { ...how, dateOrder: 'mdy' });
  const recalled = answerOf(await ask({ ...look, remembered: [remembered] }), 'look');
  expect(recalled).toMatchObject({ recalled: true, how: { dateOrder: 'mdy' } });
  expect(recalled.mapping.columns.map(({ role }) => role)).toEqual(['date', 'vendor', null, 'amount']);
});

test('X30: a cancelled question ends between two steps', async () => {
  expect((await ask(look, 0)).answer).toEqual({ kind: 'cancelled' });
});

test('X1: a file of 300 MB is refused by its size, before a byte of it is read', async () => {
  class Unread extends Blob {
    override get size(): number {
      return 300 * 1024 * 1024;
    }
    override arrayBuffer(): Promise<ArrayBuffer> {
      throw new Error('read');
    }
  }
  const { answer } = await ask({ ...look, file: new Unread() });
  expect(answer).toEqual({
    kind: 'refused',
    refusal: { kind: 'too-large-file', bytes: 314_572_800, limit: LARGEST_FILE },
  });
  expect(answer.kind === 'refused' && explainRefusal(answer.refusal)).toBe(
    'The file is 300 MB; files up to 64 MB can be imported. Export it in parts, by month or by year, and import them one after the other. Nothing was changed.',
  );
});

test.each([
  ['', 'The file is empty. Nothing was changed.'],
  ['PK\u0003\u0004', 'This is an Excel workbook. Save the sheet as CSV and import that. Nothing was changed.'],
  ['[{"a": 1', 'The file starts like JSON but breaks off or is malformed. Export it again. Nothing was changed.'],
  ['{"a": 1}', 'The file is JSON but holds no list of records. Nothing was changed.'],
])('X1: %j is refused with a sentence', async (content, sentence) => {
  const { answer } = await ask({ ...look, file: new Blob([content]) });
  expect(answer.kind === 'refused' && explainRefusal(answer.refusal)).toBe(sentence);
});

test('X23: a budget is looked at and read', async () => {
  const calendar: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'start' };
  const periods = periodsOfYear(calendar, 2027);
  const file = new Blob(['Line,Jan 27,Feb 27\nCRM,1.00,2.00\n']);
  const looked = answerOf(await ask({ kind: 'look-budget', file, periods, usualCurrency: 'EUR' }), 'look-budget');
  const { layout, decisions } = looked;
  const context = { periods, decimalMark: '.', currency: decisions.currency, spending: decisions.spending } as const;
  const question = { kind: 'read-budget', file, layout, context, directory: emptyDirectory, chosen: {} } as const;
  expect(answerOf(await ask(question), 'read-budget').reading.lines).toMatchObject([
    { name: 'CRM', phases: { '2027-01': 100, '2027-02': 200 } },
  ]);
  const other = { kind: 'look-budget', file: new Blob(['a,b\n1,2\n']), periods, usualCurrency: 'EUR' } as const;
  expect((await ask(other)).answer).toEqual({ kind: 'refused', refusal: { kind: 'no-budget-header' } });
});
