import { expect, test } from 'vitest';
import { byPlanPart } from '#lib/app/area-documents.ts';
import { makeDepartment } from '#tests/support/make-department.ts';

const departments = [
  makeDepartment('root'),
  makeDepartment('infrastructure', { area: true }),
  makeDepartment('network', { parentId: 'infrastructure' }),
  makeDepartment('office'),
];

test('O4: a line goes into the part of the nearest area at or above its department, without one into the root’s', () => {
  const line = (id: string, departmentId: string | null) => ({ id, departmentId });
  const lines = [line('a', 'network'), line('b', null), line('c', 'infrastructure'), line('d', 'office')];
  const parts = byPlanPart('fy27', departments, lines);
  expect(Object.fromEntries([...parts].map(([name, held]) => [name, held.map(({ id }) => id)]))).toEqual({
    'plan/fy27/infrastructure': ['a', 'c'],
    'plan/fy27/root': ['b', 'd'],
  });
});
