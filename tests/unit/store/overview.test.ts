import { expect, test } from 'vitest';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { Category } from '#lib/domain/organisation/category.ts';
import { editColumns } from '#lib/store/column-edit.ts';
import { Columns, type ColumnRow } from '#lib/store/columns.ts';
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import { makeOverview, type OverviewGround } from '#lib/store/overview.ts';
import { ReferenceMirror } from '#lib/store/reference-mirror.ts';
import { columnRow } from './rows-for-test.ts';

interface Ground {
  readonly rows?: readonly ColumnRow[];
  readonly lines?: readonly Partial<EffectiveLine>[];
  readonly versions?: readonly Partial<BudgetVersion>[];
  readonly now?: string;
}

function ground({ rows = [], lines = [], versions = [{}], now = '2027-02-10T12:00:00.000Z' }: Ground): OverviewGround {
  const columns = new Columns();
  editColumns(columns, 'ledger/2027-01/root', { put: rows, removed: [] });
  const reference = new ReferenceMirror();
  const put = (collection: string, record: { readonly id: string }) => {
    reference.put({ collection, id: record.id, record });
  };
  for (const [id, parentId, order] of [
    ['software', null, 2],
    ['cloud', null, 1],
    ['hosting', 'cloud', 1],
  ] as const) {
    put('categories', { id, name: id.toUpperCase(), parentId, kind: 'cloud', nature: 'cost', order } as Category);
  }
  for (const [i, version] of versions.entries()) {
    const made = { id: `v${i}`, name: `Plan ${i}`, kind: 'budget', fiscalYear: 2027, createdAt: '2026-11-01' };
    put('versions', { ...made, archived: false, ...version });
  }
  const line = { nature: 'cost', categoryId: 'hosting', currency: 'EUR', archived: false, phases: {} };
  return {
    columns,
    reference,
    context: {
      baseCurrency: 'EUR',
      calendar: { pattern: 'months', startMonth: 1, namedBy: 'end' },
      rates: [{ from: 'USD', to: 'EUR', rate: '0.5', date: '2027-02-01', source: 'test' }],
    },
    lines: () => Promise.resolve(lines.map((fields, i) => ({ ...line, id: `l${i}`, ...fields }) as EffectiveLine)),
    now,
    documents: { conflicts: 3, incomplete: 0, unreadable: 0 },
  };
}

test('S19: plan and actual to date stand under their top categories, in order, and what has neither is left out', async () => {
  const overview = await makeOverview(
    ground({
      rows: [
        columnRow('a', { period: '2027-01', category: 'hosting', amount: 300 }),
        columnRow('b', { period: '2027-02', category: '', amount: 50 }),
        columnRow('c', { period: '2027-03', category: 'hosting', amount: 9000 }),
        columnRow('d', { period: '2027-01', category: 'hosting', amount: 7, state: 'unposted' }),
      ],
      lines: [
        { phases: { '2027-01': 200, '2027-03': 100, '2026-12': 5000 } },
        { categoryId: 'gone', phases: { '2027-02': 80 } },
      ],
    }),
  );
  expect(
    overview.categories.map(({ id, plan, planToDate, actualToDate, ratio }) => [
      id,
      plan,
      planToDate,
      actualToDate,
      ratio,
    ]),
  ).toEqual([
    ['cloud', 300, 200, 300, '0.5'],
    ['gone', 80, 80, 0, '-1'],
    ['', 0, 0, 50, null],
  ]);
  expect(overview.cost).toMatchObject({
    plan: 380,
    planToDate: 280,
    actualToDate: 350,
    difference: 70,
    favourable: false,
  });
  expect(overview.counts).toMatchObject({ unposted: 1, unpostedCost: 7, conflicts: 3 });
});

test('S19: foreign figures take the rate of the first day of their period; without one they are counted, not guessed', async () => {
  const overview = await makeOverview(
    ground({ lines: [{ currency: 'USD', phases: { '2027-01': 1000, '2027-02': 1000, '2027-03': 11 } }] }),
  );
  expect(overview.cost.plan).toBe(500 + 6);
  expect(overview.counts.unconverted).toBe(1);
});

test('S19: the plan of a year is its newest budget that is not archived', async () => {
  const { plan } = await makeOverview(
    ground({
      versions: [
        { id: 'old', createdAt: '2026-10-01' },
        { id: 'new', createdAt: '2026-12-01' },
        { id: 'archived', createdAt: '2026-12-02', archived: true },
        { id: 'forecast', createdAt: '2026-12-03', kind: 'forecast' },
        { id: 'next', createdAt: '2026-12-04', fiscalYear: 2028 },
      ],
    }),
  );
  expect(plan?.id).toBe('new');
});

test('S19: of a year that is over everything is to date, of one to come nothing', async () => {
  const rows = [columnRow('a', { period: '2026-12', category: 'cloud', amount: 40 })];
  const past = await makeOverview(ground({ rows }), 2026);
  expect([past.fiscalYear, past.current, past.cost.actualToDate]).toEqual([2026, '2026-12', 40]);
  const lines = [{ phases: { '2028-01': 70 } }];
  const next = await makeOverview(ground({ lines, versions: [{ fiscalYear: 2028 }] }), 2028);
  expect([next.current, next.cost.plan, next.cost.planToDate]).toEqual(['2027-12', 70, 0]);
});

test('S19: what moved is told of the last period that is over', async () => {
  const rows = [
    columnRow('a', { period: '2026-12', category: 'hosting', amount: 100 }),
    columnRow('b', { period: '2027-01', category: 'hosting', amount: 900 }),
    columnRow('c', { period: '2027-02', category: 'hosting', amount: 5 }),
  ];
  const { movers, moved } = await makeOverview(ground({ rows }));
  expect(moved).toEqual({ before: '2026-12', after: '2027-01' });
  expect(movers).toEqual([{ value: 'hosting', name: 'HOSTING', before: 100, after: 900 }]);
});
