import { expect, test } from 'vitest';
import { filtersFrom, paramsOf } from '#lib/app/expense-filters.ts';
import {
  categoryWithBelow,
  chipsOf,
  withoutChip,
  type ChipGround,
} from '../../../../src/routes/expenses/filter-chips.ts';
import { namesOf } from '../../../../src/routes/expenses/names.ts';
import { reference } from './listed.ts';

const ground: ChipGround = {
  reference,
  names: namesOf(reference),
  lineName: (id) => (id === 'l1' ? 'Cloud hosting' : undefined),
  batchName: () => undefined,
};
const chips = (query: string): Record<string, string> =>
  Object.fromEntries(
    chipsOf(filtersFrom(new URLSearchParams(query)), ground).map(({ label, value }) => [label, value]),
  );

test('a filter is said by name, and a category with all below it by its own', () => {
  expect(chips('category=software,saas&vendor=acme&line=l1')).toEqual({
    Category: 'Software',
    Vendor: 'Acme',
    'Budget line': 'Cloud hosting',
  });
  expect(chips('category=saas,cloud')).toEqual({ Category: 'Subscriptions, Cloud' });
  expect(chips('vendor=text:Zephyr&department=')).toEqual({ Vendor: 'Zephyr', Department: 'not said' });
  expect(chips('batch=b9')).toEqual({ Import: 'not on this device' });
});

test('a stretch of periods is said by its ends', () => {
  expect(chips('from=2027-01&to=2027-03')).toEqual({ Period: 'Jan 27 to Mar 27' });
  expect(chips('from=2027-02&to=2027-02')).toEqual({ Period: 'Feb 27' });
  expect(chips('from=2027-02')).toEqual({ Period: 'from Feb 27' });
  expect(chips('to=2027-02')).toEqual({ Period: 'up to Feb 27' });
});

test('each chip takes its own filter away, and nothing else', () => {
  const filters = filtersFrom(
    new URLSearchParams('state=posted&text=crane&vendor=acme&from=2027-01&nature=cost&undated=1'),
  );
  let left = filters;
  for (const chip of chipsOf(filters, ground)) left = withoutChip(left, chip);
  expect(paramsOf(left).toString()).toBe('state=posted&text=crane');
});

test('choosing a category asks for what is below it, too', () => {
  expect(categoryWithBelow(reference, 'software')).toEqual(['software', 'saas']);
  expect(categoryWithBelow(reference, 'gone')).toEqual(['gone']);
});
