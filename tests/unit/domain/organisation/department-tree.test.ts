import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isClosedOn, ROOT_DEPARTMENT, versionOn, type Department } from '#lib/domain/organisation/department.ts';
import { addDepartment, reviseDepartment } from '#lib/domain/organisation/department-change.ts';
import { areaOf, pathOf, treeOn, upwards } from '#lib/domain/organisation/department-tree.ts';
import { makeDepartment } from '#tests/support/make-department.ts';

/** Operations, an area of its own, gives Network to Security on 1 July 2027. */
const network: Department = {
  ...makeDepartment('network', { parentId: 'operations', name: 'Network', code: '110' }),
  versions: [
    { from: null, name: 'Network', code: '110', parentId: 'operations', managerId: null },
    { from: '2027-07-01', name: 'Network security', code: '210', parentId: 'security', managerId: 'bela' },
  ],
};
const departments = [
  makeDepartment('root', { name: 'IT' }),
  makeDepartment('operations', { name: 'Operations', code: '100', area: true }),
  makeDepartment('security', { name: 'Security', code: '200' }),
  network,
];

test('O2: a move and rename hold from their date on, and the past stays', () => {
  expect(pathOf(departments, 'network', '2027-06-30')).toEqual(['IT', 'Operations', 'Network']);
  expect(pathOf(departments, 'network', '2027-07-01')).toEqual(['IT', 'Security', 'Network security']);
  expect(pathOf(departments, 'network')).toEqual(['IT', 'Security', 'Network security']);
  expect(pathOf(departments, 'nobody')).toEqual([]);
});

test('O4: the area is the nearest marked department at or above, on the date asked for', () => {
  expect(areaOf(departments, 'network', '2027-06-30')).toBe('operations');
  expect(areaOf(departments, 'network', '2027-07-01')).toBe('root');
  expect(areaOf(departments, 'operations')).toBe('operations');
  expect(areaOf(departments, null)).toBe('root');
  expect(areaOf(departments, 'nobody')).toBe('root');
});

test('O5: a closed department is closed from its date on', () => {
  const closed = { ...makeDepartment('lab'), closedFrom: '2027-04-01' };
  expect(isClosedOn(closed, '2027-03-31')).toBe(false);
  expect(isClosedOn(closed, '2027-04-01')).toBe(true);
  expect(isClosedOn(closed)).toBe(true);
  expect(isClosedOn(makeDepartment('lab'), '2027-04-01')).toBe(false);
});

test('O6: the tree on a date has parents before children and siblings by code', () => {
  const before = [...treeOn(departments, '2027-06-30').values()];
  expect(before.map(({ id }) => id)).toEqual(['root', 'operations', 'network', 'security']);
  const after = treeOn(departments, '2027-07-01');
  expect([...after.keys()]).toEqual(['root', 'operations', 'security', 'network']);
  expect(after.get('network')).toMatchObject({ area: 'root', managerId: 'bela', parentId: 'security', closed: false });
  expect(after.get('security')?.children.map(({ id }) => id)).toEqual(['network']);
});

test('O6: departments whose parents are unknown or go in circles stand below the root', () => {
  const lost = makeDepartment('lost', { parentId: 'gone' });
  const one = makeDepartment('one', { parentId: 'two' });
  const two = makeDepartment('two', { parentId: 'one' });
  const tree = treeOn([makeDepartment('root'), lost, one, two]);
  expect(tree.get('root')?.children.map(({ id }) => id)).toEqual(['lost', 'one', 'two']);
  expect(treeOn([]).size).toBe(0);
});

const change = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  parentId: fc.constantFrom('root', 'a', 'b', 'c', 'd', 'e'),
  from: fc.constantFrom('2027-01-01', '2027-02-01', '2027-03-01', '2027-04-01'),
  area: fc.boolean(),
});

/** Any changes at all, of which the refused ones are left out. */
const trees = fc.array(change, { maxLength: 30 }).map((changes) => {
  let tree: readonly Department[] = [makeDepartment('root')];
  for (const { id, parentId, from, area } of changes) {
    const version = { from, name: id, code: '', parentId, managerId: null };
    const known = tree.some((department) => department.id === id);
    const next = known
      ? reviseDepartment(tree, id, version)
      : addDepartment(tree, { id, version: { ...version, from: null }, area });
    if (next.ok) tree = next.value;
  }
  return tree;
});
const dates = fc.constantFrom(undefined, '2026-12-31', '2027-01-01', '2027-02-15', '2027-03-01', '2028-01-01');

test('O1, O3: whatever changes are made, every department reaches the root on every date', () => {
  fc.assert(
    fc.property(trees, dates, (tree, date) => {
      for (const { id } of tree) expect(upwards(tree, id, date).at(-1)?.id).toBe(ROOT_DEPARTMENT);
    }),
  );
});

test('O2: versions stand in date order, and the one that holds is the last that has begun', () => {
  fc.assert(
    fc.property(trees, fc.constantFrom('2027-01-01', '2027-02-15', '2027-03-01'), (tree, date) => {
      for (const department of tree) {
        const starts = department.versions.map(({ from }) => from ?? '');
        expect(starts).toEqual([...new Set(starts)].sort());
        const holding = department.versions.filter(({ from }) => from === null || from <= date).at(-1);
        expect(versionOn(department, date)).toBe(holding);
      }
    }),
  );
});

test('O4, O6: the tree holds every department once, with the path and area that are asked for one by one', () => {
  fc.assert(
    fc.property(trees, dates, (tree, date) => {
      const nodes = treeOn(tree, date);
      expect([...nodes.keys()].sort()).toEqual(tree.map(({ id }) => id).sort());
      for (const node of nodes.values()) {
        expect(node.path).toEqual(pathOf(tree, node.id, date));
        expect(node.area).toBe(areaOf(tree, node.id, date));
        for (const child of node.children) expect(child.parentId).toBe(node.id);
      }
    }),
  );
});
