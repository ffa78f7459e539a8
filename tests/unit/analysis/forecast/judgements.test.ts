import { expect, test } from 'vitest';
import { explainForecast, explainForecastFault, type Wording } from '#lib/analysis/forecast/explain.ts';
import { forecast, type ForecastFault } from '#lib/analysis/forecast/forecast.ts';
import { withPanelReach } from '#lib/analysis/forecast/panel-reach.ts';
import type { Override } from '#lib/analysis/forecast/overrides.ts';
import { calendarPeriods } from '#lib/analysis/known-events/event.ts';
import { lineChanges } from '#lib/analysis/known-events/line-changes.ts';
import type { Adjustment } from '#lib/analysis/series/adjustments.ts';
import { forecastOf, makeSeries, monthAt, monthsOfYear, noisyMonths } from '#tests/support/make-series.ts';

const said = { id: 'a', by: 'anna', at: '2026-01-10T09:00:00Z', reason: 'Paid twice by mistake', expires: null };
const adjust = (rest: Partial<Adjustment>): Adjustment => ({ ...said, kind: 'exclude', period: monthAt(30), ...rest }) as Adjustment; // prettier-ignore
const override = (rest: Partial<Override> = {}): Override => ({
  ...said,
  reason: 'New office',
  period: monthAt(38),
  amount: 5_000_000,
  ...rest,
});
const words: Wording = {
  amount: (minor) => (minor / 100).toFixed(2),
  person: (id) => (id === 'anna' ? 'Anna' : id),
  period: (key) => key,
};
const spiked = noisyMonths().map((value, t) => (t === 30 ? value + 3_000_000 : value));
const plain = forecastOf(makeSeries(noisyMonths()));

test('SE8: a figure that was replaced is forecast from as if it had been booked so; what it was stays', () => {
  const series = makeSeries(spiked);
  const made = forecastOf(series, { adjustments: [adjust({ kind: 'replace', amount: noisyMonths()[30]! })] });
  expect(made.mean).toEqual(plain.mean);
  expect(series.values[30]).toBe(spiked[30]);
  expect(made.adjustments[0]).toMatchObject({
    standing: 'holds',
    changes: [{ period: monthAt(30), was: spiked[30], is: noisyMonths()[30] }],
  });
});

test('SE8: of a figure left out nothing is learnt, however far off it is', () => {
  const leftOut = (by: number): number[] => {
    const values = noisyMonths().map((value, t) => (t === 30 ? value + by : value));
    return [...forecastOf(makeSeries(values), { adjustments: [adjust({})] }).mean];
  };
  leftOut(3_000_000).forEach((value, step) => {
    expect(value / leftOut(9_000_000)[step]!).toBeCloseTo(1, 2);
    expect(value / plain.mean[step]!).toBeCloseTo(1, 1);
  });
});

test('SE8: a level that stays is not forecast to fall back, and the season of the years before is kept', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const shifted = noisyMonths(seed).map((value, t) => (t >= 30 ? Math.round(value * 1.5) : value));
    const whole = forecastOf(makeSeries(noisyMonths(seed)));
    const made = forecastOf(makeSeries(shifted), { adjustments: [adjust({ kind: 'level-shift' })] });
    const off = made.mean.map((value, step) => Math.abs(value / whole.mean[step]! / 1.5 - 1));
    expect(Math.max(...off)).toBeLessThan(0.12);
    expect(made.adjustments[0]?.changes).toHaveLength(30);
    expect(made.warnings.some(({ kind }) => kind === 'shifted')).toBe(false);
  }
});

test('SE8: a figure is left out of what is not scheduled', () => {
  const supply = lineChanges([
    { id: 'x', label: 'Licences', kind: 'one-off', on: '2025-07-10', amount: 3_000_000, currency: 'EUR' },
  ]);
  const events = supply(calendarPeriods(monthsOfYear, '2023-01-01', '2026-12-31'));
  if (!events.ok) throw new Error(events.error.kind);
  const made = forecastOf(makeSeries(spiked), { known: events.value, adjustments: [adjust({})] });
  made.mean.forEach((value, step) => expect(value / plain.mean[step]!).toBeCloseTo(1, 1));
  expect(made.adjustments[0]!.changes[0]!.is).toBeGreaterThan(3_800_000);
});

test('SE9: what has expired, was replaced by a later one or lies elsewhere changes nothing and is not forgotten', () => {
  const adjustments = [
    adjust({ id: 'old', expires: '2026-01-19' }),
    adjust({ id: 'first', kind: 'replace', amount: 1 }),
    adjust({ id: 'second', kind: 'replace', amount: noisyMonths()[30]!, at: '2026-01-11T09:00:00Z' }),
    adjust({ id: 'future', period: monthAt(40) }),
  ];
  const made = forecastOf(makeSeries(spiked), { adjustments });
  expect(made.adjustments.map(({ standing }) => standing)).toEqual(['expired', 'superseded', 'holds', 'outside']);
  expect(made.mean).toEqual(plain.mean);
  // The last day still counts.
  const today = forecastOf(makeSeries(spiked), { adjustments: [adjust({ expires: '2026-01-20' })] });
  expect(today.adjustments[0]?.standing).toBe('holds');
});

test('SE9: without a reason, or with an end that is no date, nothing is changed', () => {
  const ask = (options: object): unknown =>
    forecast(makeSeries(spiked), { horizon: 3, calendar: monthsOfYear, today: '2026-01-20', ...options });
  expect(ask({ adjustments: [adjust({ reason: ' ' })] })).toMatchObject({ error: { kind: 'reason-missing', id: 'a' } });
  expect(ask({ adjustments: [adjust({ expires: 'soon' })] })).toMatchObject({ error: { kind: 'not-a-date' } });
  expect(ask({ adjustments: [adjust({ kind: 'replace', amount: NaN })] })).toMatchObject({
    error: { kind: 'not-an-amount' },
  });
  expect(ask({ overrides: [override({ amount: Infinity })] })).toMatchObject({ error: { kind: 'not-an-amount' } });
  expect(ask({ overrides: [override({ reason: '' })] })).toMatchObject({ error: { kind: 'reason-missing' } });
});

test('FC15: an override is the forecast of its period; what was calculated stays, and ranges reach as far', () => {
  const made = forecastOf(makeSeries(noisyMonths()), { overrides: [override()] });
  expect(made.mean[2]).toBe(5_000_000);
  expect(made.mean.toSpliced(2, 1)).toEqual(plain.mean.toSpliced(2, 1));
  expect(made.calculated).toEqual(plain.mean);
  expect(made.components.override[2]).toBeCloseTo(5_000_000 - plain.mean[2]!, 4);
  for (const [at, { lower, upper }] of made.intervals.entries()) {
    expect(upper[2]).toBe(5_000_000);
    expect(lower[2]).toBe(plain.intervals[at]!.lower[2]);
    expect(upper[3]).toBe(plain.intervals[at]!.upper[3]);
  }
});

test('FC15: a panel’s reach moves the ranges around what was calculated, and keeps the override inside', () => {
  const made = withPanelReach(forecastOf(makeSeries(noisyMonths()), { overrides: [override()] }), () => 2);
  expect(made.mean[2]).toBe(5_000_000);
  expect(made.intervals[0]?.upper[2]).toBe(5_000_000);
  expect(made.intervals[0]?.lower[2]).toBeCloseTo(plain.mean[2]! - 2 * plain.spread![2]!, 4);
});

test('FC16: the explanation names every adjustment and override, with who, when, why and until when', () => {
  const made = forecastOf(makeSeries(spiked), {
    adjustments: [
      adjust({ expires: '2027-01-01' }),
      adjust({ id: 'b', kind: 'level-shift', period: monthAt(33), reason: 'Second site' }),
      adjust({ id: 'c', expires: '2025-12-31' }),
    ],
    overrides: [override()],
  });
  const text = explainForecast(made, words);
  expect(text).toHaveLength(made.warnings.length + 4);
  const [leftOut, level, expired, decided] = text.slice(-4) as [string, string, string, string];
  expect(leftOut).toMatch(
    /^The figure of 2025-07, 40206\.75, is left out; about \d+\.\d\d was to be expected \(Anna, 2026-01-10, until 2027-01-01: “Paid twice by mistake”\)\.$/,
  );
  expect(level).toContain('level since 2025-10');
  expect(level).toContain('“Second site”');
  expect(expired).toMatch(/^No longer in force since 2025-12-31: /);
  expect(decided).toMatch(/^For 2026-03, 50000\.00 is expected in place of the \d+\.\d\d calculated \(Anna/);
});

test('FC14, KE8, SE9: each refusal is a sentence that says what to do', () => {
  const faults: ForecastFault[] = [
    { kind: 'not-a-horizon', horizon: 0 },
    { kind: 'reason-missing', id: 'a' },
    { kind: 'not-a-date', id: 'a', date: 'soon' },
    { kind: 'ends-before-it-starts', id: 'a' },
    { kind: 'not-an-interval', id: 'a' },
    { kind: 'not-an-amount', id: 'a' },
    { kind: 'not-a-factor', id: 'a' },
    { kind: 'other-currency', id: 'a', currency: 'USD', expected: 'EUR' },
  ];
  const sentences = faults.map(explainForecastFault);
  expect(new Set(sentences).size).toBe(faults.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z“].*\.$/);
  expect(sentences[2]).toContain('“soon”');
  expect(sentences[7]).toContain('USD');
});
