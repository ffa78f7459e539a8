import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountsOf, lineFaults, lineTotal, type Phases } from '#lib/domain/budget/line.ts';
import { setAnnual, spread, type Profile } from '#lib/domain/budget/phasing.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { makeLine } from '#tests/support/make-line.ts';

const calendarYear: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'start' };
const year = periodsOfYear(calendarYear, 2027);
const quarter = year.slice(0, 3);
const phased = (total: number, profile: Profile, periods = quarter) =>
  amountsOf(spread(total, profile, periods), periods);

test('B1: the total of a line is the sum of its phases, of all or of some periods', () => {
  const phases: Phases = { '2027-01': 10_001, '2027-02': -1, '2027-07': 50 };
  expect(lineTotal('EUR', phases)).toEqual({ ok: true, value: 10_050 });
  expect(lineTotal('EUR', phases, quarter)).toEqual({ ok: true, value: 10_000 });
  expect(lineTotal('EUR', {})).toEqual({ ok: true, value: 0 });
  expect(lineTotal('EUR', { '2027-01': Number.MAX_SAFE_INTEGER, '2027-02': 1 })).toEqual({
    ok: false,
    error: { kind: 'too-large', currency: 'EUR' },
  });
});

test('B2: a period without a phase is zero', () => {
  expect(amountsOf({ '2027-02': 7 }, quarter)).toEqual([0, 7, 0]);
});

test('B3: 1,000.00 spread evenly over three months is 333.34 and twice 333.33', () => {
  expect(spread(100_000, { kind: 'even' }, quarter)).toEqual({
    '2027-01': 33_334,
    '2027-02': 33_333,
    '2027-03': 33_333,
  });
  expect(spread(0, { kind: 'even' }, quarter)).toEqual({ '2027-01': 0, '2027-02': 0, '2027-03': 0 });
});

test('B4: the profiles give the weights their names say', () => {
  expect(phased(600, { kind: 'front' })).toEqual([300, 200, 100]);
  expect(phased(600, { kind: 'back' })).toEqual([100, 200, 300]);
  expect(phased(600, { kind: 'custom', weights: [0.5, 0, 2.5, 9] })).toEqual([100, 0, 500]);
  expect(phased(600, { kind: 'custom', weights: [1] })).toEqual([600, 0, 0]);
  // January 2027 has 21 weekdays, February 20, March 23; New Year's Day is a Friday.
  expect(phased(6400, { kind: 'working-days', holidays: [] })).toEqual([2100, 2000, 2300]);
  expect(phased(6300, { kind: 'working-days', holidays: ['2027-01-01', '2027-01-02', 'soon'] })).toEqual([
    2000, 2000, 2300,
  ]);
  expect(phased(400, { kind: 'shape', amounts: [100, 0, 300] })).toEqual([100, 0, 300]);
});

test('B5: a shape keeps its proportions; with mixed signs the difference is spread evenly', () => {
  expect(phased(200, { kind: 'shape', amounts: [10, 30] })).toEqual([50, 150, 0]);
  expect(phased(-200, { kind: 'shape', amounts: [-10, -30, 0] })).toEqual([-50, -150, 0]);
  expect(phased(120, { kind: 'shape', amounts: [100, -50, 40] })).toEqual([110, -40, 50]);
  expect(phased(90, { kind: 'shape', amounts: [0, 0, 0] })).toEqual([30, 30, 30]);
  const most = Number.MAX_SAFE_INTEGER;
  expect(phased(most, { kind: 'shape', amounts: [-most, 1, 0] })).toEqual(phased(most, { kind: 'even' }));
});

test('B6: setting the annual total writes phases in the shape the line has', () => {
  expect(setAnnual({ '2027-01': 100, '2027-03': 300, '2028-01': 5 }, 800, quarter)).toEqual({
    '2027-01': 200,
    '2027-02': 0,
    '2027-03': 600,
  });
});

test('B11: a line has a name and a currency', () => {
  expect(lineFaults(makeLine())).toEqual([]);
  expect(lineFaults(makeLine({ name: ' ', currency: 'XXX' }))).toEqual([
    { kind: 'name-missing' },
    { kind: 'unknown-currency', currency: 'XXX' },
  ]);
});

const amount = fc.maxSafeInteger();
const profile: fc.Arbitrary<Profile> = fc.oneof(
  fc.constantFrom<Profile>({ kind: 'even' }, { kind: 'front' }, { kind: 'back' }),
  fc.constant<Profile>({ kind: 'working-days', holidays: ['2027-12-24'] }),
  fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })).map((weights): Profile => ({ kind: 'custom', weights })),
  fc.array(amount).map((amounts): Profile => ({ kind: 'shape', amounts })),
);
const periods = fc
  .tuple(
    fc.constantFrom<FiscalCalendar>(
      calendarYear,
      { pattern: 'months', startMonth: 4, namedBy: 'end' },
      { pattern: '4-4-5', endMonth: 1, endWeekday: 6, endRule: 'nearest', namedBy: 'start' },
      { pattern: '13x4', endMonth: 12, endWeekday: 0, endRule: 'last', namedBy: 'end' },
    ),
    fc.integer({ min: 2020, max: 2030 }),
  )
  .map(([calendar, fiscalYear]) => periodsOfYear(calendar, fiscalYear));

test('B1, B3: phases add up to the total for any total, profile and calendar (I1)', () => {
  fc.assert(
    fc.property(amount, profile, periods, (total, how, of) => {
      const phases = spread(total, how, of);
      expect(Object.keys(phases)).toEqual(of.map(({ key }) => key));
      expect(Object.values(phases).reduce((sum, phase) => sum + BigInt(phase), 0n)).toBe(BigInt(total));
    }),
  );
});

test('B6: setting a total twice is setting it once', () => {
  const small = fc.integer({ min: -1e9, max: 1e9 });
  fc.assert(
    fc.property(small, fc.array(small, { maxLength: 12 }), (total, amounts) => {
      const before = Object.fromEntries(amounts.map((minor, i) => [year[i]?.key ?? '', minor]));
      const once = setAnnual(before, total, year);
      expect(lineTotal('EUR', once)).toEqual({ ok: true, value: total });
      if (total !== 0) expect(setAnnual(once, total, year)).toEqual(once);
    }),
  );
});
