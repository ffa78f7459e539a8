import { expect, test } from 'vitest';
import { standingAt, type ProjectCourse } from '#lib/domain/earned-value/standing.ts';

const course: ProjectCourse = {
  currency: 'EUR',
  periods: ['2026-12', '2027-01', '2027-02', '2027-03'],
  planned: { '2026-12': 100, '2027-01': 200, '2027-03': 300 },
  actual: { '2026-12': 90, '2027-02': 250 },
  progress: { complete: { '2026-12': 1000, '2027-02': 4000 }, remaining: { '2027-02': 310 } },
};

test('EV1: a standing counts from the beginning, over the turn of the year, to the end of its period', () => {
  expect(standingAt(course, '2027-02')).toEqual({
    ok: true,
    value: { budget: 600, planned: 300, actual: 340, complete: 4000, remaining: 310 },
  });
});

test('EV1: percent complete holds until the next is stated; what is left is of its period alone', () => {
  expect(standingAt(course, '2027-01')).toMatchObject({ value: { complete: 1000, remaining: null, actual: 90 } });
  expect(standingAt(course, '2027-03')).toMatchObject({ value: { complete: 4000, remaining: null, planned: 600 } });
  expect(standingAt({ ...course, progress: { complete: {}, remaining: {} } }, '2027-03')).toMatchObject({
    value: { complete: null },
  });
});

test('EV7: sums beyond the safe integers are refused', () => {
  const large = { ...course, planned: { '2026-12': 9e15, '2027-01': 9e15 } };
  expect(standingAt(large, '2026-12')).toMatchObject({ ok: false, error: { kind: 'too-large' } });
});
