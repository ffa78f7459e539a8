import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayNumber } from '#lib/domain/fiscal/iso-date.ts';
import { editColumns } from '#lib/store/column-edit.ts';
import { Columns, DIMENSIONS, type ColumnRow, type Dimension } from '#lib/store/columns.ts';
import type { Filter } from '#lib/store/filter.ts';
import { listing, pageOf } from '#lib/store/list.ts';
import { largest, movers } from '#lib/store/movers.ts';
import { report, type Report } from '#lib/store/report.ts';
import { columnRow, columnRows } from './rows-for-test.ts';

const noRanks = () => new Map<string, number>();

function columnsOf(rows: readonly ColumnRow[], document = 'ledger/2027-01/root'): Columns {
  const columns = new Columns();
  editColumns(columns, document, { put: rows, removed: [] });
  return columns;
}

function listed(columns: Columns, filter: Filter): readonly string[] {
  return pageOf(listing(columns, { filter, sort: { by: 'date', descending: false } }, noRanks), 0, Infinity);
}

test('S17: a report by month and category sums what stands in each, cost and revenue apart', () => {
  const columns = columnsOf([
    columnRow('a', { period: '2027-01', category: 'cloud', amount: 1000 }),
    columnRow('b', { period: '2027-01', category: 'cloud', amount: -250 }),
    columnRow('c', { period: '2027-02', category: 'cloud', amount: 400 }),
    columnRow('d', { period: '2027-02', category: 'sales', nature: 'revenue', amount: 9000 }),
  ]);
  const { axes, cost, revenue, totals } = report(columns, { by: ['period', 'category'], filter: {} });
  expect(axes).toEqual([
    ['2027-01', '2027-02'],
    ['cloud', 'sales'],
  ]);
  expect([...cost]).toEqual([750, 0, 400, 0]);
  expect([...revenue]).toEqual([0, 0, 0, 9000]);
  expect(totals).toEqual({ cost: 1150, revenue: 9000, rows: 4, unconverted: 0, isExact: true });
});

test('S17: amounts without a rate are counted and left out, and a total beyond the safe integers is not exact', () => {
  const columns = columnsOf([columnRow('a', { amount: NaN }), columnRow('b', { amount: 5 })]);
  expect(report(columns, { by: ['period'], filter: {} }).totals).toMatchObject({ cost: 5, rows: 2, unconverted: 1 });
  const large = columnsOf([
    columnRow('a', { amount: Number.MAX_SAFE_INTEGER }),
    columnRow('b', { amount: Number.MAX_SAFE_INTEGER }),
  ]);
  expect(report(large, { by: ['period'], filter: {} }).totals.isExact).toBe(false);
});

test('S17: filters narrow by any of several values, by dates, by state and by words in any spelling', () => {
  const columns = columnsOf([
    columnRow('a', { vendor: 'acme', day: dayNumber('2027-01-05'), text: 'acme laptops' }),
    columnRow('b', { vendor: 'mueller', day: dayNumber('2027-02-05'), text: 'muller cables' }),
    columnRow('c', { vendor: '', state: 'unposted', text: 'taxi' }),
  ]);
  expect(listed(columns, { values: { vendor: ['acme', ''] } })).toEqual(['a', 'c']);
  expect(listed(columns, { dates: { from: '2027-01-05', to: '2027-01-31' } })).toEqual(['a']);
  expect(listed(columns, { undated: true })).toEqual(['c']);
  expect(listed(columns, { undated: false })).toEqual(['a', 'b']);
  expect(listed(columns, { states: ['unposted', 'returned'] })).toEqual(['c']);
  expect(listed(columns, { text: 'CABLES  Müller' })).toEqual(['b']);
  expect(listed(columns, { documents: ['inbox/ann'] })).toEqual([]);
});

test('S17: a list is sorted by date, amount or name, what has none comes last, and is read in pages', () => {
  const columns = columnsOf([
    columnRow('a', { amount: 5, day: 20_001, vendor: 'v1' }),
    columnRow('b', { amount: NaN, day: 20_003, vendor: 'v2' }),
    columnRow('c', { amount: -5, day: 20_002, vendor: 'v1' }),
    columnRow('d', { amount: 5 }),
  ]);
  const sorted = (by: 'date' | 'amount' | Dimension, descending: boolean) => {
    const ranks = () => new Map([...['v2', 'v1'].entries()].map(([rank, vendor]) => [vendor, rank]));
    return pageOf(listing(columns, { filter: {}, sort: { by, descending } }, ranks), 0, 9);
  };
  expect(sorted('date', true)).toEqual(['b', 'c', 'a', 'd']);
  expect(sorted('date', false)).toEqual(['a', 'c', 'b', 'd']);
  expect(sorted('amount', true)).toEqual(['a', 'd', 'c', 'b']);
  expect(sorted('amount', false)).toEqual(['c', 'a', 'd', 'b']);
  expect(sorted('vendor', false)).toEqual(['b', 'a', 'c', 'd']);
  const all = listing(columns, { filter: {}, sort: { by: 'date', descending: false } }, noRanks);
  expect(pageOf(all, 1, 2)).toEqual(['c', 'b']);
  expect(pageOf(all, 3, 50)).toEqual(['d']);
});

test('S17: the largest vendors, and the categories that moved most between two months', () => {
  const columns = columnsOf([
    columnRow('a', { period: '2027-01', category: 'cloud', vendor: 'acme', amount: 100 }),
    columnRow('b', { period: '2027-02', category: 'cloud', vendor: 'acme', amount: 40 }),
    columnRow('c', { period: '2027-02', category: 'hardware', vendor: 'byte', amount: 500 }),
    columnRow('d', { period: '2027-02', category: 'cloud', vendor: '', amount: 900, state: 'unposted' }),
  ]);
  const query = { nature: 'cost', filter: { states: ['posted'] }, limit: 2 } as const;
  expect(largest(columns, { ...query, by: 'vendor' })).toEqual([
    { value: 'byte', amount: 500, rows: 1 },
    { value: 'acme', amount: 140, rows: 2 },
  ]);
  expect(movers(columns, { ...query, by: 'category', before: ['2027-01'], after: ['2027-02'] })).toEqual([
    { value: 'hardware', before: 0, after: 500 },
    { value: 'cloud', before: 100, after: 40 },
  ]);
});

const filters: fc.Arbitrary<Filter> = fc.record(
  {
    values: fc.record({ vendor: fc.subarray(['', 'acme']), category: fc.subarray(['', 'cloud', 'other']) }),
    periods: fc.constant({ from: '2027-01', to: '2027-02' }),
    states: fc.subarray(['posted', 'unposted'] as const),
    nature: fc.constantFrom('cost', 'revenue'),
    undated: fc.boolean(),
    text: fc.constantFrom('acme', 'INV muller', 'nowhere'),
  },
  { requiredKeys: [] },
);

test('I12: every cell of a report is the sum of the rows that its drill-down lists', () => {
  fc.assert(
    fc.property(
      columnRows,
      filters,
      fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { minLength: 1, maxLength: 3 }),
      (rows, filter, by) => {
        const columns = columnsOf(rows);
        const rowById = new Map(rows.map((row) => [row.id, row]));
        const made = report(columns, { by, filter });
        let seen = 0;
        for (const [cell, count] of made.rows.entries()) {
          const drilled = listed(columns, narrowed(filter, made, cell)).map((id) => rowById.get(id) as ColumnRow);
          const known = drilled.filter(({ amount }) => !Number.isNaN(amount));
          const sum = (nature: string) =>
            known.filter((row) => row.nature === nature).reduce((total, row) => total + row.amount, 0);
          expect(drilled.length).toBe(count);
          expect([made.cost[cell], made.revenue[cell]]).toEqual([sum('cost'), sum('revenue')]);
          seen += count;
        }
        expect(seen).toBe(listed(columns, filter).length);
        expect(made.totals.rows).toBe(seen);
      },
    ),
    { numRuns: 60 },
  );
});

/** The filter that a cell of a report opens into. */
function narrowed(filter: Filter, { by, axes }: Report, cell: number): Filter {
  let rest = cell;
  const values: Partial<Record<Dimension, readonly string[]>> = { ...filter.values };
  for (const [i, dimension] of [...by.entries()].reverse()) {
    const axis = axes[i] ?? [];
    const value = axis[rest % axis.length] ?? '';
    values[dimension] = [value];
    rest = Math.trunc(rest / axis.length);
  }
  return { ...filter, values };
}

test('S17: a report over several documents and chunks equals one over the same rows by hand', () => {
  fc.assert(
    fc.property(columnRows, filters, (rows, filter) => {
      const columns = new Columns();
      for (const [i, row] of rows.entries()) editColumns(columns, `ledger/${i % 3}`, { put: [row], removed: [] });
      const whole = report(columnsOf(rows), { by: ['category', 'period'], filter });
      expect(report(columns, { by: ['category', 'period'], filter })).toEqual(whole);
    }),
    { numRuns: 40 },
  );
});
