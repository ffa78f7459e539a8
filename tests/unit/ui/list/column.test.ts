import { expect, test } from 'vitest';
import { sorted, type Column } from '#lib/ui/list/column.ts';

const columns: readonly Column<number>[] = [
  { id: 'n', label: 'N', compare: (a, b) => a - b },
  { id: 'text', label: 'T' },
];

test('rows are sorted rising or falling by a column that can be compared, else left as they came', () => {
  expect(sorted([2, 3, 1], columns, { column: 'n', falling: false })).toEqual([1, 2, 3]);
  expect(sorted([2, 3, 1], columns, { column: 'n', falling: true })).toEqual([3, 2, 1]);
  expect(sorted([2, 3, 1], columns, { column: 'text', falling: true })).toEqual([2, 3, 1]);
  expect(sorted([2, 3, 1], columns, null)).toEqual([2, 3, 1]);
});
