import { expect, test } from 'vitest';
import type { Category } from '#lib/domain/organisation/category.ts';
import { nameFinder, type ChosenNames, type NameFinder } from '#lib/interchange/expenses/names.ts';
import { makeDepartment } from '#tests/support/make-department.ts';
import { importText } from '#tests/support/import-text.ts';

function category(id: string, name: string, parentId: string | null, kind: Category['kind']): Category {
  return { id, name, parentId, kind, nature: 'cost', order: 0 };
}

const directory = {
  categories: [
    category('sw', 'Software', null, 'software'),
    category('hw', 'Hardware', null, 'hardware'),
    category('sw-lic', 'Licences', 'sw', 'software'),
    category('hw-lic', 'Other', 'hw', 'hardware'),
    category('sw-other', 'Other', 'sw', 'software'),
  ],
  departments: [makeDepartment('root'), makeDepartment('it', { name: 'Information Technology', code: 'CC100' })],
  vendors: [
    { id: 'acme', name: 'Acme', aliases: ['A.C.M.E. Holdings'], note: '' },
    { id: 'beta', name: 'Beta Systems', aliases: [], note: '' },
  ],
  projects: [{ id: 'p', name: 'Data centre move', code: 'PRJ-7', objectiveId: null, closed: false }],
};

function finder(chosen: ChosenNames = {}): NameFinder {
  return nameFinder(directory, chosen);
}

test('X13: names are matched whatever their case, accents, punctuation and legal form', () => {
  const { find } = finder();
  expect(['ACME LTD', 'Acme, Inc.', 'A.C.M.E. HOLDINGS plc'].map((text) => find('vendors', text))).toEqual([
    ...['acme', 'acme', 'acme'],
  ]);
  expect(['software', 'Software / Licences', 'licences'].map((text) => find('categories', text))).toEqual([
    ...['sw', 'sw-lic', 'sw-lic'],
  ]);
  expect(['information technology', 'CC100', 'cc100'].map((text) => find('departments', text))).toEqual([
    'it',
    'it',
    'it',
  ]);
  expect(['PRJ-7', 'Data Centre Move'].map((text) => find('projects', text))).toEqual(['p', 'p']);
});

test('X13: a name that two of the list share is not matched; its path is', () => {
  const { find } = finder();
  expect([find('categories', 'Other'), find('categories', 'Hardware / Other')]).toEqual([null, 'hw-lic']);
});

test('X13: a resemblance is offered and never taken unasked', () => {
  const { find, suggest } = finder();
  expect([find('vendors', 'Beta Systems Deutschland'), suggest('vendors', 'Beta Systems Deutschland')]).toEqual([
    ...[null, 'beta'],
  ]);
  expect([find('categories', 'Computer Purchases'), suggest('categories', 'Computer Purchases')]).toEqual([null, 'hw']);
  expect(suggest('categories', 'Flowers')).toBeNull();
});

test('X13: what a person chose for a name counts more than a match, also to leave it open', () => {
  const { find } = finder({ vendors: { 'ACME LTD': 'beta', 'Beta Systems': null } });
  expect([find('vendors', 'ACME LTD'), find('vendors', 'Beta Systems'), find('vendors', 'Acme')]).toEqual([
    ...['beta', null, 'acme'],
  ]);
});

test('X13: rows are coded by their names, and every name met is listed with its rows', () => {
  const text =
    'Date,Supplier,Category,Department,Amount\n2027-04-01,Acme Ltd,Software,CC100,1.00\n' +
    '2027-04-02,Gamma,Computer Purchases,CC100,2.00\n2027-04-03,Gamma,,CC200,3.00\n';
  const { rows, reading } = importText(text, { directory });
  expect(rows[0]?.draft).toMatchObject({ vendorId: 'acme', categoryId: 'sw', departmentId: 'it', projectId: null });
  expect(reading.names).toEqual({
    vendors: [
      { text: 'Gamma', rows: 2, id: null, similar: null },
      { text: 'Acme Ltd', rows: 1, id: 'acme', similar: null },
    ],
    categories: [
      { text: 'Software', rows: 1, id: 'sw', similar: null },
      { text: 'Computer Purchases', rows: 1, id: null, similar: 'hw' },
    ],
    departments: [
      { text: 'CC100', rows: 2, id: 'it', similar: null },
      { text: 'CC200', rows: 1, id: null, similar: null },
    ],
    projects: [],
  });
});
