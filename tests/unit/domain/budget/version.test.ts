import { expect, test } from 'vitest';
import { planOf, type BudgetVersion } from '#lib/domain/budget/version.ts';

function version(id: string, fields: Partial<BudgetVersion> = {}): BudgetVersion {
  return {
    id,
    name: id,
    kind: 'budget',
    fiscalYear: 2027,
    parentId: null,
    createdAt: '2026-09-01T08:00:00Z',
    createdBy: 'ines',
    archived: false,
    ...fields,
  };
}

test('B20: the plan of a year is its newest budget, archived ones and forecasts left out', () => {
  const first = version('first');
  const second = version('second', { createdAt: '2026-10-01T08:00:00Z' });
  const put = version('put', { createdAt: '2026-11-01T08:00:00Z', archived: true });
  const forecast = version('forecast', { createdAt: '2026-11-02T08:00:00Z', kind: 'forecast' });
  const later = version('later', { createdAt: '2026-11-03T08:00:00Z', fiscalYear: 2028 });
  expect(planOf([first, second, put, forecast, later], 2027)).toBe(second);
  expect(planOf([forecast], 2027)).toBeNull();
});

test('B20: of two made at the same instant every device takes the same', () => {
  const [a, b] = [version('a'), version('b')];
  expect(planOf([a, b], 2027)).toBe(b);
  expect(planOf([b, a], 2027)).toBe(b);
});
