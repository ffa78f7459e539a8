import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rollingForecast, type RollingGround } from '#lib/domain/budget/rolling.ts';

const periods = ['2027-01', '2027-02', '2027-03', '2027-04', '2027-05', '2027-06'];

function amounts(...figures: readonly number[]): ReadonlyMap<string, number> {
  return new Map(figures.map((figure, at) => [periods[at] ?? '', figure]));
}

const ground: RollingGround = {
  periods,
  until: '2027-03',
  planned: amounts(100, 100, 100, 100, 100, 100),
  // April has begun: what is booked so far is not the whole of it.
  actual: amounts(90, 120, 150, 7),
  expected: new Map([
    ['2027-04', 130],
    ['2027-05', 110],
    ['2027-06', 140],
  ]),
};

test('B21, B22: three months are spent, three are expected: 360 and 380 against a plan of 600', () => {
  expect(rollingForecast(ground)).toEqual({
    figures: [90, 120, 150, 130, 110, 140],
    whole: 3,
    planned: 600,
    atCompletion: 740,
    runRate: 120,
    // 240 left at 120 a month
    tenthsLeft: 20,
    // 600 is reached with May and exceeded in June.
    exhaustedIn: '2027-06',
  });
});

test('B24: a plan is exceeded in the period that goes beyond it, not in the one that uses it up', () => {
  const spent = rollingForecast({ ...ground, expected: new Map([['2027-04', 240]]) });
  expect(spent).toMatchObject({ atCompletion: 600, exhaustedIn: null });
  const over = rollingForecast({ ...ground, expected: new Map([['2027-04', 241]]) });
  expect(over).toMatchObject({ atCompletion: 601, exhaustedIn: '2027-04' });
});

test('B21: where nothing is forecast the plan stands in; before the year all of it is expected, after it none', () => {
  expect(rollingForecast({ ...ground, expected: null }).figures).toEqual([90, 120, 150, 100, 100, 100]);
  expect(rollingForecast({ ...ground, until: '2026-12' })).toMatchObject({
    whole: 0,
    figures: [0, 0, 0, 130, 110, 140],
    runRate: null,
    tenthsLeft: null,
  });
  expect(rollingForecast({ ...ground, until: '2027-11' })).toMatchObject({ whole: 6, atCompletion: 367 });
});

test('B23: the run rate is of the last three whole periods, or of as many as there are', () => {
  expect(rollingForecast({ ...ground, until: '2027-01' })).toMatchObject({ runRate: 90, tenthsLeft: 57 });
  expect(rollingForecast({ ...ground, until: '2027-04', actual: amounts(900, 0, 1, 1) })).toMatchObject({
    runRate: 1,
    tenthsLeft: 0,
  });
  expect(rollingForecast({ ...ground, actual: amounts(90) })).toMatchObject({ runRate: 30, tenthsLeft: 170 });
});

test('B23: a line that spends nothing or is credited does not run out; one without a plan has nothing left', () => {
  expect(rollingForecast({ ...ground, actual: amounts() })).toMatchObject({ runRate: 0, tenthsLeft: null });
  expect(rollingForecast({ ...ground, actual: amounts(-10, -10, -10) })).toMatchObject({ tenthsLeft: null });
  expect(rollingForecast({ ...ground, planned: amounts() })).toMatchObject({ tenthsLeft: 0, exhaustedIn: '2027-01' });
});

test('B21 to B24: figures add up to the estimate, and a line runs out exactly when some sum goes beyond its plan', () => {
  const figure = fc.integer({ min: -1000, max: 1000 });
  const each = fc.array(figure, { minLength: 6, maxLength: 6 }).map((found) => amounts(...found));
  fc.assert(
    fc.property(each, each, each, fc.integer({ min: 0, max: 5 }), (planned, actual, expected, last) => {
      const until = periods[last] ?? '';
      const found = rollingForecast({ periods, until, planned, actual, expected });
      expect(found.figures.reduce((sum, each) => sum + each, 0)).toBe(found.atCompletion);
      expect(found.whole).toBe(last + 1);
      if (found.atCompletion > found.planned) expect(found.exhaustedIn).not.toBeNull();
      if (found.tenthsLeft !== null) expect(found.tenthsLeft).toBeGreaterThanOrEqual(0);
    }),
  );
});
