import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  calendarPeriods,
  knownEvents,
  scheduleOf,
  type EventSupplier,
  type KnownEvent,
} from '#lib/analysis/known-events/event.ts';
import { lineChanges, type LineChange } from '#lib/analysis/known-events/line-changes.ts';
import { recurring, type RecurringEntry } from '#lib/analysis/known-events/recurring.ts';
import { quartersOf, seriesOf } from '#lib/analysis/series/series.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { daysBetween } from '#lib/domain/fiscal/iso-date.ts';

const months: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'start' };
const year = calendarPeriods(months, '2026-01-01', '2026-12-31');
const rent: RecurringEntry = {
  id: 'rent',
  label: 'Rent of the server room',
  amount: 120_000,
  currency: 'EUR',
  first: '2026-01-31',
  every: { count: 1, unit: 'month' },
  last: null,
};
const change = (rest: Partial<LineChange> & Pick<LineChange, 'kind'>): LineChange =>
  ({ id: 'change', label: 'A change', on: '2026-04-01', ...rest }) as LineChange;

function supplied(supplier: EventSupplier, periods = year): readonly KnownEvent[] {
  const events = knownEvents([supplier], periods);
  if (!events.ok) throw new Error(events.error.kind);
  return events.value;
}

function schedule(supplier: EventSupplier, periods = year): { amounts: number[]; factors: number[] } {
  const made = scheduleOf(supplied(supplier, periods), periods, months, 'EUR');
  if (!made.ok) throw new Error(made.error.kind);
  return { amounts: [...made.value.amounts], factors: [...made.value.factors] };
}

function refusal(supplier: EventSupplier): unknown {
  const events = knownEvents([supplier], year);
  if (!events.ok) return events.error;
  const made = scheduleOf(events.value, year, months, 'EUR');
  return made.ok ? null : made.error;
}

test('KE3: an entry of the 31st comes on the last day of every month, until its last date', () => {
  expect(schedule(recurring([rent])).amounts).toEqual(new Array<number>(12).fill(120_000));
  const ended = schedule(recurring([{ ...rent, last: '2026-06-30' }])).amounts;
  expect(ended).toEqual([...new Array<number>(6).fill(120_000), ...new Array<number>(6).fill(0)]);
  // The last date is the 29th: the one of the 30th of June comes no more.
  expect(schedule(recurring([{ ...rent, last: '2026-06-29' }])).amounts[5]).toBe(0);
});

test('KE3: every third month, and every second week', () => {
  const quarterly = { ...rent, first: '2025-11-15', every: { count: 3, unit: 'month' } } as const;
  expect(schedule(recurring([quarterly])).amounts.map((amount) => amount / 120_000)).toEqual([
    0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0,
  ]);
  const wages = { ...rent, first: '2026-01-02', every: { count: 2, unit: 'week' } } as const;
  // The second Friday on: 2, 16 and 30 January; 13 and 27 February; 13 and 27 March.
  expect(schedule(recurring([wages])).amounts.slice(0, 3)).toEqual([360_000, 240_000, 240_000]);
});

test('KE3: as many come as there are dates, however the days are cut into periods', () => {
  const weeks: FiscalCalendar = { pattern: '4-4-5', endMonth: 12, endWeekday: 6, endRule: 'last', namedBy: 'end' };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 800 }), (count, days) => {
      const entry = { ...rent, amount: 1, first: '2026-02-10', every: { count, unit: 'week' } } as const;
      const periods = calendarPeriods(weeks, '2026-01-10', `20${27 + Math.floor(days / 300)}-05-09`);
      const [event] = supplied(recurring([entry]), periods);
      const total = Object.values(event!.effect.byPeriod).reduce((sum, each) => sum + each, 0);
      expect(total).toBe(Math.floor(daysBetween('2026-02-10', periods.at(-1)!.end) / (7 * count)) + 1);
    }),
  );
});

test('KE4: a price step holds from its day on; a month it cuts has its share by days', () => {
  const step = lineChanges([change({ kind: 'price-step', on: '2026-04-16', amount: 3_001, currency: 'EUR' })]);
  // 15 of April's 30 days: the odd cent goes to one side, and none is lost.
  expect(schedule(step).amounts).toEqual([0, 0, 0, 1500, ...new Array<number>(8).fill(3_001)]);
  const raise = lineChanges([change({ kind: 'price-step', on: '2026-04-16', factor: 1.04 })]);
  const { factors, amounts } = schedule(raise);
  expect(factors.slice(2, 5).map((each) => each.toFixed(4))).toEqual(['1.0000', '1.0200', '1.0400']);
  expect(amounts.every((amount) => amount === 0)).toBe(true);
});

test('KE4: what ends was there before, what starts is there after, and a one-off once', () => {
  const of = (rest: Parameters<typeof change>[0]): number[] => schedule(lineChanges([change(rest)])).amounts;
  expect(of({ kind: 'end', on: '2026-03-31', amount: 500, currency: 'EUR' })).toEqual([
    ...[500, 500, 500],
    ...new Array<number>(9).fill(0),
  ]);
  expect(of({ kind: 'start', on: '2026-04-01', amount: 500, currency: 'EUR' })).toEqual([
    ...[0, 0, 0],
    ...new Array<number>(9).fill(500),
  ]);
  expect(of({ kind: 'one-off', on: '2026-12-31', amount: -700, currency: 'EUR' })).toEqual([
    ...new Array<number>(11).fill(0),
    -700,
  ]);
});

test('KE4: after the end of a line nothing is left of it', () => {
  const { factors } = schedule(lineChanges([change({ kind: 'end', on: '2026-04-15' })]));
  expect(factors).toEqual([1, 1, 1, 0.5, ...new Array<number>(8).fill(0)]);
});

test('KE7: a quarter has the amounts of its months and the mean of their factors', () => {
  const series = seriesOf(year.map(({ key }) => ({ period: key, amount: 1, currency: 'EUR' })), months); // prettier-ignore
  if (!series.ok) throw new Error('no series');
  const quarters = quartersOf(series.value)!;
  const events = [
    ...supplied(recurring([rent])),
    ...supplied(lineChanges([change({ kind: 'price-step', on: '2026-06-01', factor: 1.3 })])),
  ];
  const made = scheduleOf(events, quarters.periods, months, 'EUR');
  if (!made.ok) throw new Error(made.error.kind);
  expect([...made.value.amounts]).toEqual([360_000, 360_000, 360_000, 360_000]);
  expect([...made.value.factors].map((each) => each.toFixed(3))).toEqual(['1.000', '1.100', '1.300', '1.300']);
});

test('KE8: what cannot be scheduled is refused with the event that has it', () => {
  expect(refusal(recurring([{ ...rent, first: '2026-02-30' }]))).toMatchObject({ kind: 'not-a-date', id: 'rent' });
  expect(refusal(recurring([{ ...rent, last: '2025-01-01' }]))).toMatchObject({ kind: 'ends-before-it-starts' });
  expect(refusal(recurring([{ ...rent, every: { count: 0, unit: 'week' } }]))).toMatchObject({
    kind: 'not-an-interval',
  });
  expect(refusal(recurring([{ ...rent, amount: NaN }]))).toMatchObject({ kind: 'not-an-amount', id: 'rent' });
  expect(refusal(recurring([{ ...rent, amount: 1.5 }]))).toMatchObject({ kind: 'not-an-amount' });
  expect(refusal(recurring([{ ...rent, amount: Number.MAX_SAFE_INTEGER, every: { count: 1, unit: 'week' } }]))).toEqual(
    { kind: 'not-an-amount', id: 'rent' },
  );
  expect(refusal(recurring([{ ...rent, currency: 'USD' }]))).toEqual({
    kind: 'other-currency',
    id: 'rent',
    currency: 'USD',
    expected: 'EUR',
  });
  for (const factor of [0, -1, NaN, Infinity]) {
    expect(refusal(lineChanges([change({ kind: 'price-step', factor })]))).toMatchObject({ kind: 'not-a-factor' });
  }
  expect(refusal(lineChanges([change({ kind: 'end', on: 'soon' })]))).toMatchObject({ kind: 'not-a-date' });
});
