import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { decideBudget } from '#lib/interchange/budget/decide.ts';
import { findLayout, type BudgetLayout } from '#lib/interchange/budget/layout.ts';
import { budgetLinesOf } from '#lib/interchange/budget/lines.ts';
import { readBudget, type BudgetReading } from '#lib/interchange/budget/read.ts';
import { writeCsv } from '#lib/interchange/csv/write.ts';
import { exactText } from '#lib/interchange/expenses/file-total.ts';
import { nameFinder, type Directory } from '#lib/interchange/expenses/names.ts';
import { headOf } from '#lib/interchange/table/table.ts';
import { makeDepartment } from '#tests/support/make-department.ts';
import { emptyDirectory, tableOf } from '#tests/support/import-text.ts';

const calendar: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'start' };
const periods = periodsOfYear(calendar, 2027);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const year = (...amounts: readonly number[]): Record<string, number> =>
  Object.fromEntries(periods.flatMap(({ key }, i) => (amounts[i] ? [[key, amounts[i]]] : [])));

function layoutOf(text: string): BudgetLayout {
  const layout = findLayout(headOf(tableOf(text), 100), periods);
  if ('kind' in layout) throw new Error(layout.kind);
  return layout;
}

function read(text: string, directory: Partial<Directory> = {}): BudgetReading {
  const table = tableOf(text);
  const layout = layoutOf(text);
  const { decimal, currency, spending } = decideBudget(table, layout, 'EUR');
  const decimalMark = decimal.kind === 'decided' ? decimal.mark : (decimal.marks[0] ?? '.');
  const names = nameFinder({ ...emptyDirectory, ...directory }, {});
  return readBudget(table, layout, { periods, decimalMark, currency, spending, names });
}

const totals = (reading: BudgetReading): string[] =>
  reading.totals.map((total) => `${total.currency} ${exactText(total)}`);
const months = (amount: string): string => MONTHS.map(() => amount).join(',');

test('X23: months beside each other make one line per row, coded by name', () => {
  const text =
    `FY27 budget,,\n\nLine,Department,Category,${MONTHS.map((month) => `${month} 27`).join(',')},Total\n` +
    `CRM licences,IT,Software,${months('100.10')},1201.20\nLaptops,IT,,,,,5000,,,,,,,,,5000\n,,Total,${months('')},6201.20\n`;
  const reading = read(text, { departments: [makeDepartment('it', { name: 'IT' })] });
  expect(
    reading.lines.map(({ name, departmentId, phases, fileLine }) => [name, departmentId, fileLine, phases]),
  ).toEqual([
    ['CRM licences', 'it', 4, year(...Array<number>(12).fill(10010))],
    ['Laptops', 'it', 5, { '2027-04': 500000 }],
  ]);
  expect(totals(reading)).toEqual(['EUR 6201.20']);
  expect(reading.differences).toEqual([]);
  expect(reading.setAside.map(({ line, reason }) => [line, reason])).toEqual([
    [6, { kind: 'total-row', written: 620120, currency: 'EUR', agrees: true }],
  ]);
});

test('X23: a month per row makes one line of all rows that name it', () => {
  const reading = read(
    'Period;Budget line;Amount\nJan 27;Hosting;1.000,50\nFeb 27;Hosting;1.000,50\n2027-03;Hosting;2.000\nJan 27;Support;10\nJan 28;Support;99\nsoon;Support;5\n;Total;4.011\n',
  );
  expect(reading.lines.map(({ name, phases }) => [name, phases])).toEqual([
    ['Hosting', year(100050, 100050, 200000)],
    ['Support', year(1000)],
  ]);
  expect(reading.setAside.map(({ line, reason }) => [line, reason.kind])).toEqual([
    [6, 'other-year'],
    [7, 'period-unreadable'],
    [8, 'total-row'],
  ]);
});

test('X25: a total of the year is spread evenly to the cent', () => {
  const reading = read('Name,Annual budget\nCRM,1000.00\n');
  expect(reading.lines[0]?.phases).toEqual(year(8334, 8334, 8334, 8334, ...Array<number>(8).fill(8333)));
  expect(totals(reading)).toEqual(['EUR 1000.00']);
});

test('X25: quarters are spread over their months', () => {
  const reading = read('Name,Q1,Q2,Q3,Q4\nCRM,300,0,,100\n');
  expect(reading.lines[0]?.phases).toEqual(year(10000, 10000, 10000, 0, 0, 0, 0, 0, 0, 3334, 3333, 3333));
});

test('X26: quarters and totals beside months are checked, not added', () => {
  const text =
    'Name,Jan,Feb,Mar,Q1,Total\nCRM,1.00,2.00,3.00,6.00,6.00\nERP,1.00,2.00,3.00,7.00,6.00\nOnly total,,,,,12.00\n';
  const reading = read(text);
  expect(totals(reading)).toEqual(['EUR 24.00']);
  expect(reading.differences).toEqual([{ fileLine: 3, column: 'Q1', stated: 700, sum: 600, currency: 'EUR' }]);
  expect(reading.lines[2]?.phases['2027-12']).toBe(100);
});

test('X26: columns of other years and of actuals are left out, and years are named', () => {
  const layout = layoutOf('Line,FY26 actual,Dec 26,Jan 27,Feb 27,Jan 28\nA,1,2,3,4,5\n');
  expect(layout.phases.map(({ name }) => name)).toEqual(['Jan 27', 'Feb 27']);
  expect(layout.otherYears).toEqual(['Dec 26', 'Jan 28']);
});

test('X25: income, capital and currencies are taken from their columns; costs written negative turn', () => {
  const reading = read(
    'Line,Nature,Capex/Opex,Currency,Jan,Feb\nFees,Revenue,Opex,,50,50\nServers,Cost,Capex,USD,-100,-1\nRent,Cost,,,-70,-70\n',
  );
  expect(
    reading.lines.map(({ name, nature, spend, currency, phases }) => [name, nature, spend, currency, phases]),
  ).toEqual([
    ['Fees', 'revenue', 'opex', 'EUR', year(5000, 5000)],
    ['Servers', 'cost', 'capex', 'USD', year(10000, 100)],
    ['Rent', 'cost', 'opex', 'EUR', year(7000, 7000)],
  ]);
});

test('X23: rows that cannot be read are set aside with the reason, headings are notes', () => {
  const reading = read('Line,Jan,Feb\nSoftware,,\nCRM,1.00,x\n,5.00,\nERP,2.00,3.00\n"open,1,2\n');
  expect(reading.setAside.map(({ line, reason }) => [line, reason.kind])).toEqual([
    [2, 'note'],
    [3, 'amount-unreadable'],
    [4, 'no-name'],
    [6, 'quotes-broken'],
  ]);
  expect(reading.lines.map(({ name }) => name)).toEqual(['ERP']);
});

test('X23: a file that is no budget is refused with what is missing', () => {
  const refusal = (text: string): unknown => findLayout(headOf(tableOf(text), 100), periods);
  expect(refusal('foo,bar\n1,2\n')).toEqual({ kind: 'no-budget-header' });
  expect(refusal('Jan,Feb,Mar\n1,2,3\n')).toEqual({ kind: 'no-line-names', names: ['Jan', 'Feb', 'Mar'] });
  expect(refusal('Line,Department\nA,IT\n')).toEqual({ kind: 'no-amounts', names: ['Line', 'Department'] });
});

test('X23: a plan that Outlay has exported reads back the same', () => {
  const header = ['Line', 'Category', 'Department', 'Vendor', 'Nature', 'Currency', ...periods.map(({ key }) => key)];
  const cells = ['=Licences', '', '', '', 'cost', 'KWD'].map((text) => ({ text }));
  const amounts = periods.map((_, i) => ({ number: `${i}.125` }));
  const reading = read(writeCsv(header, [[...cells, ...amounts]]));
  expect(reading.lines).toMatchObject([
    { name: '=Licences', nature: 'cost', currency: 'KWD', phases: year(...periods.map((_, i) => 1000 * i + 125)) },
  ]);
  expect(reading.setAside).toEqual([]);
});

test('X26: chosen lines become budget lines behind those that stand already', () => {
  let made = 0;
  const lines = budgetLinesOf(read('Name,Vendor,Jan\nCRM,Acme,1.00\nERP,,2.00\n').lines, {
    newId: () => `line-${(made += 1)}`,
    firstOrder: 7,
  });
  expect(lines[1]).toEqual({
    line: {
      id: 'line-2',
      name: 'ERP',
      nature: 'cost',
      categoryId: null,
      departmentId: null,
      vendorId: null,
      projectId: null,
      objectiveId: null,
      ownerId: null,
      currency: 'EUR',
      spend: 'opex',
      purpose: 'unclassified',
      note: '',
      archived: false,
      order: 8,
    },
    phases: { '2027-01': 200 },
  });
});

const cents = fc.integer({ min: -(10 ** 9), max: 10 ** 9 });

test('X25: whatever the layout, the phases of all lines come to the total of the file', () => {
  const row = fc.array(cents, { minLength: 4, maxLength: 4 });
  const headers = fc.constantFrom(['Jan', 'Feb', 'Mar', 'Apr'], ['Q1', 'Q2', 'Q3', 'Q4'], ['P01', 'P02', 'P11', 'P12']);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), headers, (rows, names) => {
      const text = [
        `Line,${names.join(',')}`,
        ...rows.map((row, i) => [`L${i}`, ...row.map((n) => (n / 100).toFixed(2))].join(',')),
      ];
      const reading = read(text.join('\n'));
      const sum = rows.flat().reduce((a, b) => a + b, 0);
      const phases = reading.lines.flatMap((line) => Object.values(line.phases)).reduce((a, b) => a + b, 0);
      expect(reading.totals[0]?.minor).toBe(sum);
      expect(Math.abs(phases)).toBe(Math.abs(sum));
    }),
  );
});
