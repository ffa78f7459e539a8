/** Rows for reports with only what a test is about, and random ones. */
import fc from 'fast-check';
import { perDimension, UNDATED, type ColumnRow, type Dimension } from '#lib/store/columns.ts';
import { searchable } from '#lib/store/packed-text.ts';

export type RowOptions = Partial<Omit<ColumnRow, 'values'>> & Partial<Record<Dimension, string>>;

const NOT_SAID = perDimension(() => '');

export function columnRow(id: string, options: RowOptions = {}): ColumnRow {
  const { period, category, department, vendor, project, line, batch, ...rest } = { ...NOT_SAID, ...options };
  const values = { period, category, department, vendor, project, line, batch };
  return { id, values, state: 'posted', nature: 'cost', day: UNDATED, amount: 0, text: '', ...rest };
}

/** Up to 60 rows with distinct ids, few distinct values, some undated and some without a rate. */
export const columnRows: fc.Arbitrary<ColumnRow[]> = fc.uniqueArray(
  fc.record({
    id: fc.nat(200).map((n) => `row${n}`),
    values: fc.record({
      period: fc.constantFrom('', '2027-01', '2027-02', '2027-03'),
      category: fc.constantFrom('', 'cloud', 'hardware'),
      department: fc.constantFrom('', 'root', 'plant', 'office'),
      vendor: fc.constantFrom('', 'acme', 'text:Müller'),
      project: fc.constantFrom('', 'moon'),
      line: fc.constantFrom('', 'l1', 'l2'),
      batch: fc.constantFrom('', 'b1'),
    }),
    state: fc.constantFrom('posted', 'unposted', 'returned'),
    nature: fc.constantFrom('cost', 'revenue'),
    day: fc.oneof(fc.constant(UNDATED), fc.integer({ min: 20_000, max: 20_010 })),
    amount: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -5000, max: 5000 }) }, fc.constant(NaN)),
    text: fc.constantFrom('acme laptops', 'muller cables inv-7', 'cloud hosting').map(searchable),
  }),
  { selector: (row) => row.id, maxLength: 60 },
);
