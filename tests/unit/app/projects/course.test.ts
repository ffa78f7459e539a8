import { expect, test } from 'vitest';
import { courseOf } from '#lib/app/projects/course.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import { standingAt } from '#lib/domain/earned-value/standing.ts';
import type { Project } from '#lib/domain/organisation/project.ts';
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import { editColumns } from '#lib/store/column-edit.ts';
import { Columns, type ColumnRow } from '#lib/store/columns.ts';
import { report } from '#lib/store/report.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { columnRow } from '../../store/rows-for-test.ts';

const erp: Project = { id: 'erp', name: 'ERP', code: '', objectiveId: null, closed: false };

const version = (id: string, fiscalYear: number, fields: Partial<BudgetVersion> = {}): BudgetVersion => ({
  id,
  name: id,
  kind: 'budget',
  fiscalYear,
  parentId: null,
  createdAt: '2026-01-01',
  createdBy: 'ines',
  archived: false,
  ...fields,
});

const reference = {
  versions: [version('fy27', 2027), version('fy26', 2026), version('try', 2027, { archived: true })],
  calendar: { pattern: 'months', startMonth: 1, namedBy: 'end' },
  baseCurrency: 'EUR',
  rates: [{ from: 'USD', to: 'EUR', rate: '0.5', date: '2026-11-01', source: 'test' }],
} as const;

function readerOf(lines: Readonly<Record<string, readonly Partial<EffectiveLine>[]>>, rows: readonly ColumnRow[]) {
  const columns = new Columns();
  editColumns(columns, 'ledger/2027-01/root', { put: rows, removed: [] });
  return {
    lines: (id: string) =>
      Promise.resolve(
        (lines[id] ?? []).map((fields, at) => ({
          ...makeLine({ id: `l${at}` }),
          phases: {},
          formula: null,
          ...fields,
        })),
      ),
    report: (query: Parameters<typeof report>[1]) => Promise.resolve(report(columns, query)),
  };
}

test('EV1: the baseline is the cost lines of the project in the plan of each year, in the base currency', async () => {
  const reader = readerOf(
    {
      fy26: [{ projectId: 'erp', phases: { '2026-12': 100 } }],
      fy27: [
        { projectId: 'erp', currency: 'USD', phases: { '2027-02': 400 } },
        { projectId: 'erp', nature: 'revenue', phases: { '2027-02': 7 } },
        { projectId: 'erp', archived: true, phases: { '2027-02': 7 } },
        { projectId: 'moon', phases: { '2027-02': 7 } },
        { projectId: 'erp', currency: 'NOK', phases: { '2027-02': 7 } },
      ],
      try: [{ projectId: 'erp', phases: { '2027-02': 9999 } }],
    },
    [],
  );
  const found = await courseOf(reader, reference, erp);
  expect(found.course.planned).toEqual({ '2026-12': 100, '2027-02': 200 });
  expect(found.course.periods).toEqual(['2026-12', '2027-01', '2027-02']);
  expect(found.plans.map(({ id }) => id)).toEqual(['fy26', 'fy27']);
  expect(found.unconverted).toBe(1);
});

test('EV1: what was posted to a line of the project counts once, and not when it names another project', async () => {
  const reader = readerOf({ fy27: [{ projectId: 'erp', phases: { '2027-01': 100 } }] }, [
    columnRow('a', { period: '2027-01', project: 'erp', line: 'l0', amount: 10 }),
    columnRow('b', { period: '2027-01', project: 'erp', amount: 20 }),
    columnRow('c', { period: '2027-02', line: 'l0', amount: 40 }),
    columnRow('d', { period: '2027-02', project: 'moon', line: 'l0', amount: 1000 }),
    columnRow('e', { period: '2027-02', line: 'other', amount: 1000 }),
    columnRow('f', { period: '2027-02', project: 'erp', amount: 1000, state: 'unposted' }),
    columnRow('g', { period: '2027-02', project: 'erp', amount: 1000, nature: 'revenue' }),
  ]);
  const { course } = await courseOf(reader, reference, erp);
  expect(course.actual).toEqual({ '2027-01': 30, '2027-02': 40 });
  expect(standingAt(course, '2027-02')).toMatchObject({ value: { budget: 100, planned: 100, actual: 70 } });
});

test('EV1: a line whose formula gives no figures is told, not taken for nothing', async () => {
  const fault = { kind: 'syntax' } as unknown as NonNullable<EffectiveLine['fault']>;
  const reader = readerOf(
    {
      fy27: [
        { projectId: 'erp', formula: '=(', fault },
        { projectId: 'moon', fault },
      ],
    },
    [],
  );
  expect((await courseOf(reader, reference, erp)).faulted).toBe(1);
});

test('EV1: a project with nothing planned, spent or said has no periods', async () => {
  const found = await courseOf(readerOf({}, []), reference, erp);
  expect(found).toMatchObject({ periods: [], plans: [] });
  const said = { ...erp, progress: { complete: { '2027-03': 100 }, remaining: {} } };
  expect((await courseOf(readerOf({}, []), reference, said)).course.periods).toEqual(['2027-03']);
});
