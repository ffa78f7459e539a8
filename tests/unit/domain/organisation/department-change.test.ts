import { expect, test } from 'vitest';
import {
  addDepartment,
  closeDepartment,
  markArea,
  reviseDepartment,
  rootDepartment,
} from '#lib/domain/organisation/department-change.ts';
import type { Department, DepartmentVersion } from '#lib/domain/organisation/department.ts';
import { makeDepartment } from '#tests/support/make-department.ts';

const tree = [makeDepartment('root'), makeDepartment('a'), makeDepartment('b', { parentId: 'a' })];

function version(fields: Partial<DepartmentVersion>): DepartmentVersion {
  return { from: null, name: 'New', code: '', parentId: 'root', managerId: null, ...fields };
}

test('O1: a new department stands below a known one', () => {
  const added = addDepartment(tree, { id: 'c', version: version({ parentId: 'b' }), area: true });
  expect(added).toMatchObject({ ok: true, value: [{}, {}, {}, { id: 'c', area: true, closedFrom: null }] });
  const refused = (fields: Partial<DepartmentVersion>, id = 'c') =>
    addDepartment(tree, { id, version: version(fields), area: false });
  expect(refused({ parentId: 'x' })).toMatchObject({ error: { kind: 'unknown-parent', parentId: 'x' } });
  expect(refused({ parentId: null })).toMatchObject({ error: { kind: 'unknown-parent', parentId: null } });
  expect(refused({ parentId: 'c' })).toMatchObject({ error: { kind: 'circle' } });
  expect(refused({}, 'a')).toMatchObject({ error: { kind: 'already-there' } });
  expect(refused({ name: '  ' })).toMatchObject({ error: { kind: 'name-missing' } });
  expect(refused({ from: '2027-01-01' })).toMatchObject({ error: { kind: 'dated-beginning' } });
});

test('O2: changes are dated, a second one on the day replaces the first, an earlier one is refused', () => {
  const renamed = reviseDepartment(tree, 'a', version({ from: '2027-04-01', name: 'Alpha' }));
  if (!renamed.ok) throw new Error('refused');
  const again = reviseDepartment(renamed.value, 'a', version({ from: '2027-04-01', name: 'Alpha team' }));
  expect(again).toMatchObject({ value: [{}, { versions: [{ name: 'A' }, { name: 'Alpha team' }] }, {}] });
  expect(reviseDepartment(renamed.value, 'a', version({ from: '2027-03-31' }))).toMatchObject({
    error: { kind: 'before-latest-change', latest: '2027-04-01' },
  });
  expect(reviseDepartment(tree, 'a', version({}))).toMatchObject({ error: { kind: 'date-missing' } });
  expect(reviseDepartment(tree, 'x', version({ from: '2027-04-01' }))).toMatchObject({
    error: { kind: 'unknown-department' },
  });
});

test('O3: a department is not moved below itself, not even by way of a later change', () => {
  expect(reviseDepartment(tree, 'a', version({ from: '2027-04-01', parentId: 'b' }))).toMatchObject({
    error: { kind: 'circle', date: '2027-04-01' },
  });
  const later: readonly Department[] = [
    makeDepartment('root'),
    makeDepartment('a'),
    { ...makeDepartment('b'), versions: [version({}), version({ from: '2027-09-01', parentId: 'a' })] },
  ];
  expect(reviseDepartment(later, 'a', version({ from: '2027-04-01', parentId: 'b' }))).toMatchObject({
    error: { kind: 'circle', date: '2027-09-01' },
  });
});

test('O5: nothing is placed below a closed department, but what stands there may be renamed', () => {
  const closed = closeDepartment(tree, 'a', '2027-04-01');
  if (!closed.ok) throw new Error('refused');
  expect(addDepartment(closed.value, { id: 'c', version: version({ parentId: 'a' }), area: false })).toMatchObject({
    error: { kind: 'parent-closed', parentId: 'a', from: '2027-04-01' },
  });
  expect(reviseDepartment(closed.value, 'b', version({ from: '2027-05-01', parentId: 'a' })).ok).toBe(true);
  const open = closeDepartment(closed.value, 'a', null);
  expect(open).toMatchObject({ value: tree });
  expect(closeDepartment(tree, 'x', null)).toMatchObject({ error: { kind: 'unknown-department' } });
});

test('O5: the root stays open, on top and marked; its name may change', () => {
  expect(closeDepartment(tree, 'root', '2027-01-01')).toMatchObject({ error: { kind: 'root-stays', what: 'open' } });
  expect(markArea(tree, 'root', false)).toMatchObject({ error: { kind: 'root-stays', what: 'area' } });
  expect(reviseDepartment(tree, 'root', version({ from: '2027-01-01', parentId: 'a' }))).toMatchObject({
    error: { kind: 'root-stays', what: 'top' },
  });
  expect(reviseDepartment(tree, 'root', version({ from: '2027-01-01', parentId: null })).ok).toBe(true);
  expect(rootDepartment('Example')).toMatchObject({ id: 'root', area: true, versions: [{ name: 'Example' }] });
});

test('O4: a department becomes an area and stops being one', () => {
  const marked = markArea(tree, 'a', true);
  expect(marked).toMatchObject({ value: [{}, { id: 'a', area: true }, {}] });
  expect(markArea(tree, 'x', true)).toMatchObject({ error: { kind: 'unknown-department' } });
});
