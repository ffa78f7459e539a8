import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filtersFrom, isNarrowed, paramsOf, queryOf, sortFrom, type ExpenseFilters } from '#lib/app/expense-filters.ts';

const from = (query: string): ExpenseFilters => filtersFrom(new URLSearchParams(query));

test('the list opens on what waits to be posted, and a figure’s address on everything that makes it up', () => {
  expect(from('').state).toBe('unposted');
  expect(from('line=l1').state).toBe('all');
  expect(from('text=crane').state).toBe('all');
  expect(from('expense=e1').state).toBe('all');
  expect(from('state=posted&category=cloud,host&from=2027-01&to=2027-03')).toMatchObject({
    state: 'posted',
    lists: { category: ['cloud', 'host'] },
    from: '2027-01',
    to: '2027-03',
  });
});

test('an empty value asks for what was not said', () => {
  expect(queryOf(from('category='))).toEqual({ values: { category: [''] } });
  expect(queryOf(from('category=,cloud')).values).toEqual({ category: ['', 'cloud'] });
});

test('one end of a stretch of periods leaves the other open', () => {
  expect(queryOf(from('from=2027-02')).periods).toEqual({ from: '2027-02', to: '~' });
  expect(queryOf(from('to=2027P03')).periods).toEqual({ from: '', to: '2027P03' });
});

test('the count of another tab narrows in the same way', () => {
  const filters = from('state=posted&vendor=acme&undated=1&nature=cost');
  expect(queryOf(filters)).toEqual({
    values: { vendor: ['acme'] },
    undated: true,
    states: ['posted'],
    nature: 'cost',
  });
  expect(queryOf(filters, 'returned').states).toEqual(['returned']);
  expect(queryOf(filters, 'all').states).toBeUndefined();
});

test('what cannot be read in an address is left out', () => {
  expect(from('state=lost&sort=colour')).toMatchObject({
    state: 'unposted',
    sort: { by: 'date', descending: true },
  });
  expect(from('nature=good').nature).toBeNull();
  expect(sortFrom('-amount')).toEqual({ by: 'amount', descending: true });
  expect(isNarrowed(from('state=all'))).toBe(false);
  expect(isNarrowed(from('undated=1'))).toBe(true);
});

const ids = fc.option(fc.uniqueArray(fc.constantFrom('', 'a', 'b', 'text:Müller & Co'), { minLength: 1 }), {
  nil: undefined,
});
const filters: fc.Arbitrary<ExpenseFilters> = fc
  .record({
    state: fc.constantFrom('unposted', 'posted', 'returned', 'all'),
    text: fc.string().filter((text) => text === '' || text.trim() !== ''),
    vendor: ids,
    category: ids,
    batch: ids,
    from: fc.option(fc.constantFrom('2027-01', '2027P02')),
    to: fc.option(fc.constantFrom('2027-03', '2027P04')),
    nature: fc.option(fc.constantFrom('cost', 'revenue')),
    undated: fc.boolean(),
    sort: fc.record({ by: fc.constantFrom('date', 'amount', 'vendor', 'category'), descending: fc.boolean() }),
  })
  .map(({ vendor, category, batch, ...rest }) => ({
    ...rest,
    lists: Object.fromEntries(Object.entries({ vendor, category, batch }).filter(([, list]) => list !== undefined)),
  }));

test('an address says all of the filters it was made of', () => {
  fc.assert(
    fc.property(filters, (made) => {
      expect(filtersFrom(new URLSearchParams(paramsOf(made).toString()))).toEqual(made);
    }),
  );
});
