import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forecast } from '#lib/analysis/forecast/forecast.ts';
import { forecastHistory } from '#lib/analysis/forecast/history-forecast.ts';
import { calendarPeriods, knownEvents, type EventSupplier, type KnownEvent } from '#lib/analysis/known-events/event.ts';
import { lineChanges, type LineChange } from '#lib/analysis/known-events/line-changes.ts';
import { recurring } from '#lib/analysis/known-events/recurring.ts';
import { quartersOf } from '#lib/analysis/series/series.ts';
import { forecastOf, makeSeries, monthsOfYear, noisyMonths } from '#tests/support/make-series.ts';

const calendar = monthsOfYear;
const covered = calendarPeriods(calendar, '2023-01-01', '2027-12-31');

function known(...suppliers: EventSupplier[]): readonly KnownEvent[] {
  const events = knownEvents(suppliers, covered);
  if (!events.ok) throw new Error(events.error.kind);
  return events.value;
}

const rent = { id: 'rent', label: 'Rent', amount: 250_000, currency: 'EUR', last: null } as const;
const monthlyRent = recurring([{ ...rent, first: '2023-01-15', every: { count: 1, unit: 'month' } }]);
const changes = (...each: Partial<LineChange>[]): EventSupplier =>
  lineChanges(each.map((change, at) => ({ id: `${at}`, label: `change ${at}`, ...change }) as LineChange));

test('KE6: a line that is all known is forecast to the minor unit, and its range has no width', () => {
  const steps = changes({ kind: 'price-step', on: '2026-03-01', amount: 12_345, currency: 'EUR' });
  const { mean, intervals, method, spread, warnings } = forecastOf(makeSeries(new Array<number>(36).fill(250_000)), {
    known: known(monthlyRent, steps),
  });
  expect(method).toBe('known-events');
  expect(mean).toEqual([250_000, 250_000, ...new Array<number>(10).fill(262_345)]);
  expect(intervals.map(({ level }) => level)).toEqual([50, 80, 95]);
  for (const { lower, upper } of intervals) {
    expect(lower).toEqual(mean);
    expect(upper).toEqual(mean);
  }
  expect(spread).toEqual(new Array<number>(12).fill(0));
  expect(warnings).toEqual([]);
});

test('KE6: so is a line that has only begun', () => {
  const start = changes({ kind: 'start', on: '2023-03-01', amount: 99_999, currency: 'EUR' });
  expect(forecastOf(makeSeries([0]), { horizon: 3, known: known(start) })).toMatchObject({
    mean: [0, 99_999, 99_999],
    method: 'known-events',
  });
});

test('KE6: whatever is scheduled, a history made of it is continued by it exactly', () => {
  const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
  const day = fc.integer({ min: 0, max: 1700 }).map((days) => new Date(Date.UTC(2023, 0, 1 + days)).toISOString().slice(0, 10)); // prettier-ignore
  const anyChange = fc.record({
    kind: fc.constantFrom('price-step' as const, 'start' as const, 'end' as const, 'one-off' as const),
    on: day,
    amount,
    currency: fc.constant('EUR'),
  });
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 1, maxLength: 5 }), (some) => {
      const events = known(monthlyRent, changes(...some));
      const all = covered.map(({ key }) => events.reduce((sum, { effect }) => sum + (effect.byPeriod[key] ?? 0), 0));
      const { mean, intervals } = forecastOf(makeSeries(all.slice(0, 36)), { known: events });
      expect(mean).toEqual(all.slice(36, 48));
      for (const { lower, upper } of intervals) expect([lower, upper]).toEqual([mean, mean]);
    }),
    { numRuns: 60 },
  );
});

test('KE5: what is guessed is what the amounts leave of the history', () => {
  const rest = noisyMonths();
  const together = forecastOf(makeSeries(rest.map((value) => value + 250_000)), { known: known(monthlyRent) });
  const alone = forecastHistory(Float64Array.from(rest), { horizon: 12, season: 12 });
  together.mean.forEach((value, step) => expect(value).toBeCloseTo(alone.mean[step]! + 250_000, 4));
  together.spread!.forEach((value, step) => expect(value).toBeCloseTo(alone.spread![step]!, 4));
});

test('KE5: a price step in the history is no trend, and one ahead is in the forecast from its month on', () => {
  const behind = changes({ kind: 'price-step', on: '2025-01-01', factor: 1.1 });
  const stepped = noisyMonths().map((value, t) => (t < 24 ? value : Math.round(value * 1.1)));
  const plain = forecastOf(makeSeries(noisyMonths()));
  forecastOf(makeSeries(stepped), { known: known(behind) }).mean.forEach((value, step) =>
    expect(value / plain.mean[step]! / 1.1).toBeCloseTo(1, 4),
  );
  const ahead = forecastOf(makeSeries(noisyMonths()), {
    known: known(changes({ kind: 'price-step', on: '2026-07-01', factor: 1.1 })),
  });
  ahead.mean.forEach((value, step) => expect(value / plain.mean[step]!).toBeCloseTo(step < 6 ? 1 : 1.1, 9));
  expect(ahead.intervals[2]!.upper[6]! / plain.intervals[2]!.upper[6]!).toBeCloseTo(1.1, 9);
});

test('KE5: a one-off of the past does not come again, and one ahead comes once', () => {
  const once = noisyMonths().map((value, t) => (t === 33 ? value + 5_000_000 : value));
  const explained = forecastOf(makeSeries(once), {
    known: known(changes({ kind: 'one-off', on: '2025-10-10', amount: 5_000_000, currency: 'EUR' })),
  });
  const plain = forecastOf(makeSeries(noisyMonths()));
  expect(explained.mean).toEqual(plain.mean);
  const coming = forecastOf(makeSeries(noisyMonths()), {
    known: known(changes({ kind: 'one-off', on: '2026-02-10', amount: 5_000_000, currency: 'EUR' })),
  });
  coming.mean.forEach((value, step) => expect(value - plain.mean[step]!).toBeCloseTo(step === 1 ? 5_000_000 : 0, 4));
});

test('KE5: after its end nothing of a line is forecast but what is scheduled', () => {
  const ended = forecastOf(makeSeries(noisyMonths()), {
    known: known(
      changes(
        { kind: 'end', on: '2026-03-31' },
        { kind: 'one-off', on: '2026-05-01', amount: -40_000, currency: 'EUR' },
      ),
    ),
  });
  expect(ended.mean.slice(3)).toEqual([0, -40_000, 0, 0, 0, 0, 0, 0, 0]);
  expect(ended.mean[2]).toBeGreaterThan(500_000);
  expect(ended.intervals[2]!.upper.slice(3)).toEqual(ended.mean.slice(3));
});

test('FC9: with what is known a line still is not forecast below zero, but for a known credit', () => {
  const mostly = noisyMonths().map(
    (value, t) => 250_000 + (t % 3 === 0 ? Math.round(value / 20) : -Math.round(value / 5)),
  );
  const { intervals } = forecastOf(makeSeries(mostly), {
    known: known(monthlyRent, changes({ kind: 'one-off', on: '2026-12-01', amount: -300_000, currency: 'EUR' })),
  });
  expect(Math.min(...intervals[2]!.lower.slice(0, 11))).toBeGreaterThanOrEqual(0);
  expect(intervals[2]!.lower[11]).toBeLessThan(0);
});

test('FC14: base, season and what is known add up to the mean', () => {
  const { components, mean } = forecastOf(makeSeries(noisyMonths().map((value) => value + 250_000)), {
    known: known(monthlyRent, changes({ kind: 'price-step', on: '2026-05-01', factor: 1.5 })),
  });
  expect(Math.max(...components.season.map(Math.abs))).toBeGreaterThan(50_000);
  mean.forEach((value, step) => {
    const { base, season, known: scheduled } = components;
    expect(base[step]! + season[step]! + scheduled[step]!).toBeCloseTo(value, 4);
  });
});

test('FC14: the periods ahead follow the history, in quarters too', () => {
  expect(forecastOf(makeSeries(noisyMonths()), { horizon: 2 }).periods.map(({ key }) => key)).toEqual([
    '2026-01',
    '2026-02',
  ]);
  const quarters = forecastOf(quartersOf(makeSeries(noisyMonths()))!, { horizon: 5, known: known(monthlyRent) });
  expect(quarters.periods.map(({ key, number, end }) => [key, number, end]).slice(3)).toEqual([
    ['2026-10', 4, '2026-12-31'],
    ['2027-01', 1, '2027-03-31'],
  ]);
  expect(quarters.components.known).toEqual(new Array<number>(5).fill(750_000));
});

test('FC14: a horizon that is no number of periods is refused', () => {
  for (const horizon of [0, -1, 1.5, NaN, Infinity, 1e9]) {
    expect(forecast(makeSeries([5]), { horizon, calendar, today: '2026-01-20' })).toMatchObject({
      error: { kind: 'not-a-horizon' },
    });
  }
});
