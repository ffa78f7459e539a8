import { expect, test } from 'vitest';
import { makeDepartment } from '#tests/support/make-department.ts';
import { areaForNew } from '../../../../src/routes/budget/budget-view.ts';

const departments = [
  makeDepartment('root'),
  makeDepartment('infrastructure', { area: true }),
  makeDepartment('network', { parentId: 'infrastructure' }),
];

test('O4: a new line goes into its department’s area, and without one into the first that can be written', () => {
  const locked = (...areas: readonly string[]) => new Set(areas);
  expect(areaForNew(departments, null, locked())).toBe('root');
  expect(areaForNew(departments, 'network', locked())).toBe('infrastructure');
  expect(areaForNew(departments, null, locked('root'))).toBe('infrastructure');
  expect(areaForNew(departments, 'network', locked('infrastructure'))).toBe('infrastructure');
  expect(areaForNew(departments, null, locked('root', 'infrastructure'))).toBe('root');
});
