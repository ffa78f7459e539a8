import { expect, test } from 'vitest';
import { contentOf } from '#lib/documents/content.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { driverOf, EVER, plannedDriver, YEAR, type PlannedDriver } from '#lib/domain/budget/driver.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { planPartOf } from '#lib/documents/plan-part.ts';
import { reportHash } from '#lib/documents/report-hash.ts';
import type { Driver } from '#lib/domain/expression/definition.ts';
import { ann, ben, exchange, plannedLine, planOf } from './support.ts';

const heads: PlannedDriver = { id: 'heads', name: 'Headcount', unit: 'head', formula: null, values: { [EVER]: '10' } };

test('D22: a driver comes back as it was put, with its values in the order of their days', () => {
  const { drivers } = openPlan(newDocument());
  drivers.insert(heads);
  drivers.revise('heads', { '2027-07-01': '22', '2027-04-01': '14.5' }, ann);
  expect(drivers.get('heads')).toEqual({ ...heads, values: { ever: '10', '2027-07-01': '22', '2027-04-01': '14.5' } });
  const driver: Driver = {
    kind: 'driver',
    id: 'heads',
    name: 'Headcount',
    unit: 'head',
    content: {
      values: [
        { from: null, value: '10' },
        { from: '2027-04-01', value: '14.5' },
        { from: '2027-07-01', value: '22' },
      ],
    },
  };
  expect(driverOf(drivers.get('heads') ?? heads)).toEqual(driver);
  expect(driverOf(plannedDriver(driver))).toEqual(driver);
});

test('D22: two people who date different values of one driver both keep theirs', () => {
  const left = newDocument();
  openPlan(left).drivers.insert(heads);
  const right = newDocument();
  exchange(left, right);
  openPlan(left).drivers.revise('heads', { '2027-04-01': '14' }, ann);
  openPlan(right).drivers.revise('heads', { '2027-07-01': '22', ever: '11' }, ben);
  exchange(left, right);
  for (const doc of [left, right]) {
    expect(openPlan(doc).drivers.get('heads')?.values).toEqual({ ever: '11', '2027-04-01': '14', '2027-07-01': '22' });
  }
});

test('D22: a value that is no decimal sets the driver aside with its day', () => {
  const { drivers } = openPlan(newDocument());
  drivers.insert(heads);
  drivers.revise('heads', { '2027-04-01': 'NaN' }, ann);
  expect(drivers.get('heads')).toBeUndefined();
  expect(drivers.unreadable()).toEqual([
    { collection: 'drivers', id: 'heads', why: 'values.2027-04-01: a plain decimal' },
  ]);
});

test('D24: a line written before there were formulas reads as formula null, and a line of figures is stored as then', () => {
  const doc = planOf(plannedLine({ id: 'cloud', phases: { '2027-03': 100 } }));
  expect(openPlan(doc).lines.get('cloud')?.formula).toBeNull();
  const [[, , fields] = []] = contentOf('plan/fy27/root', doc);
  expect(Object.keys(fields as object)).not.toContain('formula');
});

test('D24: a formula is a field of its own and leaves the typed phases as they are', () => {
  const doc = planOf(plannedLine({ id: 'cloud', phases: { '2027-03': 100 } }));
  const { lines } = openPlan(doc);
  lines.revise('cloud', { formula: 'heads * 400' }, ann);
  expect(lines.get('cloud')).toEqual(plannedLine({ id: 'cloud', phases: { '2027-03': 100 }, formula: 'heads * 400' }));
  lines.revise('cloud', { formula: null }, ann);
  expect(lines.get('cloud')).toEqual(plannedLine({ id: 'cloud', phases: { '2027-03': 100 } }));
});

test('D17, D24: a formula, a driver and the year are part of the report hash', () => {
  const hashes = [
    (doc: ReturnType<typeof newDocument>) => openPlan(doc).lines.revise('cloud', { formula: '1' }, ann),
    (doc: ReturnType<typeof newDocument>) => openPlan(doc).drivers.insert(heads),
    (doc: ReturnType<typeof newDocument>) => openPlan(doc).years.insert({ id: YEAR, fiscalYear: 2027 }),
    () => undefined,
  ].map((change) => {
    const doc = planOf(plannedLine({ id: 'cloud' }));
    change(doc);
    return reportHash([['plan/fy27/root', doc]]);
  });
  expect(new Set(hashes).size).toBe(4);
});

test('D24: a part of a plan is what scenarios stand over', () => {
  const doc = planOf(plannedLine({ id: 'cloud', formula: 'heads * 400' }), plannedLine({ id: 'apps' }));
  openPlan(doc).drivers.insert(heads);
  const { drivers, tables, lines } = planPartOf(openPlan(doc));
  expect(drivers).toEqual([driverOf(heads)]);
  expect(tables).toEqual([]);
  expect(lines.map(({ line, formula }) => [line.id, formula])).toEqual([
    ['apps', null],
    ['cloud', 'heads * 400'],
  ]);
  expect(lines[0]?.line).not.toHaveProperty('phases');
});
