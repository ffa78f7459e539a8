import { expect, test } from 'vitest';
import { earnedValue, type ProjectStanding } from '#lib/domain/earned-value/indices.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { courseRows, statusOf, verdict } from '../../../../src/routes/settings/projects/earned-value-view.ts';

const periods = periodsOfYear({ pattern: 'months', startMonth: 1, namedBy: 'end' }, 2027).slice(0, 4);

function found(complete: Readonly<Record<string, number>>) {
  const course = {
    currency: 'EUR',
    periods: periods.map(({ key }) => key),
    planned: { '2027-01': 100, '2027-02': 100 },
    actual: { '2027-01': 90 },
    progress: { complete, remaining: {} },
  };
  return { periods, course };
}

test('EV1: a project is judged where progress was stated last, else at the last period that is over', () => {
  expect(statusOf(found({ '2027-01': 1000 }), '2027-03-10')?.key).toBe('2027-01');
  expect(statusOf(found({}), '2027-03-10')?.key).toBe('2027-02');
  expect(statusOf(found({ '2027-04': 10_000 }), '2027-03-10')?.key).toBe('2027-02');
  expect(statusOf(found({}), '2027-01-10')?.key).toBe('2027-01');
  expect(statusOf(found({}), '2026-12-10')?.key).toBe('2027-01');
  expect(statusOf({ ...found({}), periods: [] }, '2027-01-10')).toBeUndefined();
});

test('EV2: the rows tell what is planned, spent and earned from the beginning, and what was stated when', () => {
  expect(courseRows(found({ '2027-02': 2500 }).course).slice(0, 3)).toEqual([
    { key: '2027-01', planned: 100, actual: 90, earned: null, said: null },
    { key: '2027-02', planned: 200, actual: 90, earned: 50, said: 2500 },
    { key: '2027-03', planned: 200, actual: 90, earned: 50, said: null },
  ]);
});

const usual = { locale: 'en-GB', baseCurrency: 'EUR' };

function says(standing: Partial<ProjectStanding>): string {
  const whole = { budget: 1000_00, planned: 500_00, actual: 440_00, complete: 4000, remaining: null, ...standing };
  return verdict(earnedValue(whole), whole, 'Quay Wi-Fi', usual).replaceAll('\u00a0', ' ');
}

test('EV5, EV7: one sentence says how a project stands, or what is missing', () => {
  expect(says({})).toBe(
    'Quay Wi-Fi has earned 0.91 for every 1 spent. If it goes on like this it will cost EUR 1,100, EUR 100 over its budget.',
  );
  expect(says({ actual: 320_00 })).toContain('will cost EUR 800, EUR 200 under its budget.');
  expect(says({ actual: 400_00 })).toContain('as budgeted.');
  expect(says({ complete: 10_000 })).toBe('Quay Wi-Fi has earned 2.27 for every 1 spent.');
  expect(says({ complete: null })).toBe('Nobody has said how much is complete. Enter it for a period.');
  expect(says({ actual: 0 })).toContain('Nothing is spent by then');
  expect(says({ budget: 0 })).toContain('Nothing is planned for this project.');
});
