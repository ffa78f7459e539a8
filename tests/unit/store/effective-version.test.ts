import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlannedDriver } from '#lib/domain/budget/driver.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import type { StoredDriver, StoredLine } from '#lib/store/database.ts';
import { effectiveVersion } from '#lib/store/effective-version.ts';
import { planTotals } from '#lib/store/plan-totals.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { monthsOf } from '#tests/support/make-model.ts';

const months = monthsOf(1);
const context = {
  calendar: { pattern: 'months', startMonth: 1, namedBy: 'end' },
  baseCurrency: 'EUR',
  rates: [],
} as const;

function line(id: string, fields: Partial<PlannedLine>, area = 'root'): StoredLine {
  const planned = { ...makeLine({ id, name: id }), phases: {}, formula: null, ...fields };
  return { document: `plan/v/${area}`, id, version: 'v', line: planned };
}

function heads(value: string, area = 'root'): StoredDriver {
  const driver: PlannedDriver = { id: 'heads', name: 'Heads', unit: 'head', formula: null, values: { ever: value } };
  return { document: `plan/v/${area}`, id: 'heads', version: 'v', driver };
}

function totalOf(records: readonly (StoredLine | StoredDriver)[]): number {
  const totals = planTotals(effectiveVersion(records, months), months, context);
  return [...totals.categories.cost].reduce(
    (sum, category) => sum + months.reduce((part, { key }) => part + totals.of('cost', category, key), 0),
    0,
  );
}

test('S19, B12: twelve heads at 100 a month are 14,400 of plan, whatever was typed before', () => {
  const people = line('people', { formula: 'heads * 100 EUR / 1 head', phases: { '2027-03': 5 } });
  expect(totalOf([people, heads('12'), line('rent', { phases: { '2027-01': 60_00 } })])).toBe(14_460_00);
});

test('S19: formulas see their own document only', () => {
  const here = line('here', { formula: 'heads * 1 EUR / 1 head' });
  const there = line('there', { formula: 'heads * 1 EUR / 1 head' }, 'sales');
  const both = effectiveVersion([here, heads('2'), there, heads('3', 'sales')], months);
  expect(both.map(({ id, phases }) => [id, phases['2027-01']])).toEqual([
    ['here', 200],
    ['there', 300],
  ]);
  expect(effectiveVersion([here, heads('2', 'sales')], months)[0]).toMatchObject({
    phases: {},
    fault: { kind: 'in-formula', fault: { kind: 'unknown-name', name: 'heads' } },
  });
});

test('B13: a line without figures adds nothing and is counted as such; archived it is not', () => {
  const bad = line('bad', { formula: 'nobody', phases: { '2027-01': 7 } });
  const gone = line('gone', { formula: 'nobody', archived: true });
  const totals = planTotals(
    effectiveVersion([bad, gone, line('rent', { phases: { '2027-01': 1 } })], months),
    months,
    context,
  );
  expect([totals.withoutFigures, totals.of('cost', '', '2027-01')]).toEqual([1, 1]);
});

test('B13: while the year is not known a line by formula has no figures', () => {
  expect(effectiveVersion([line('a', { formula: '5' })], [])[0]).toMatchObject({
    phases: {},
    fault: { kind: 'no-year' },
  });
});

test('S19, B12: the parts of a plan add up to its total, by line, by category and by area', () => {
  const formulas = fc.constantFrom(
    null,
    'heads * 7.77 EUR / 1 head',
    '[l0] / 3',
    'prev(100; 3) * period',
    '1 / (period - 4)',
  );
  const lines = fc.array(
    fc.record({
      formula: formulas,
      typed: fc.integer({ min: -1e6, max: 1e6 }),
      area: fc.constantFrom('root', 'ops'),
      category: fc.constantFrom('a', 'b', null),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(lines, fc.integer({ min: 0, max: 500 }), (given, count) => {
      const records = [
        heads(String(count)),
        heads(`${count}.5`, 'ops'),
        ...given.map(({ formula, typed, area, category }, i) =>
          line(
            `l${i}`,
            {
              formula: formula === '[l0] / 3' && i === 0 ? null : formula,
              categoryId: category,
              phases: { '2027-02': typed },
            },
            area,
          ),
        ),
      ];
      const effective = effectiveVersion(records, months);
      const byLine = effective.map(({ phases }) => Object.values(phases).reduce((sum, minor) => sum + minor, 0));
      const areas = ['root', 'ops'].map((area) => totalOf(records.filter(({ document }) => document.endsWith(area))));
      expect(byLine.reduce((sum, part) => sum + part, 0)).toBe(totalOf(records));
      expect(areas.reduce((sum, part) => sum + part, 0)).toBe(totalOf(records));
    }),
  );
});
