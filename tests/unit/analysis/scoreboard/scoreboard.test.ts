import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreboard, scoredPoints, scoreOf, type PublishedForecast } from '#lib/analysis/scoreboard/score.ts';
import { addChanges, NO_CHANGE, whatChanged, type PeriodCompared } from '#lib/analysis/scoreboard/what-changed.ts';

const cloud: PublishedForecast = {
  publicationId: 'march',
  lineId: 'cloud',
  ownerId: 'ana',
  nature: 'cost',
  currency: 'EUR',
  method: 'combination',
  periods: ['2027-04', '2027-05', '2027-06'],
  mean: [110, 90, 500],
  naive: [100, 100, 100],
  lower80: [100, 80, 0],
  upper80: [120, 99, 0],
  lower95: [90, 85, 0],
  upper95: [130, 115, 0],
  scale: 20,
};
const rent: PublishedForecast = {
  ...cloud,
  lineId: 'rent',
  ownerId: null,
  method: 'theta',
  mean: [50, 60, 0],
  naive: [50, 50, 0],
  lower80: [],
  upper80: [],
  lower95: [],
  upper95: [],
  scale: null,
};
const actual: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  cloud: { '2027-04': 100, '2027-05': 100 },
  rent: { '2027-04': 50 },
};
const came = {
  currency: 'EUR',
  until: '2027-05',
  of: ({ lineId }: PublishedForecast, period: string) => actual[lineId]?.[period] ?? 0,
};
const { points } = scoredPoints([cloud, rent], came);
const scoresBy = (by: Parameters<typeof scoreboard>[1]) =>
  scoreboard(points, by).map(({ key, score }) => `${key} ${score.points} ${score.wape?.toFixed(2)}`);

test('SB1, SB2: two months of two lines, by hand', () => {
  // Errors 10, 10 and 0, 60 on 100 + 100 + 50 + 0; too much by 10 − 10 + 0 + 60.
  expect(scoreOf(points)).toEqual({
    points: 4,
    wape: 80 / 250,
    naiveWape: 50 / 250,
    bias: 60 / 250,
    mase: 0.5,
    held80: { share: 50, of: 2 },
    held95: { share: 100, of: 2 },
    isWorseThanNaive: true,
  });
});

test('SB1: what has not ended is no point, and another currency is left out', () => {
  expect(points.every(({ period }) => period <= '2027-05')).toBe(true);
  const mixed = scoredPoints([cloud, { ...rent, currency: 'USD' }], came);
  expect([mixed.points.length, mixed.leftOut]).toEqual([2, 1]);
});

test('SB2: where nothing came and nothing was expected there is no share, and never NaN', () => {
  const none = scoredPoints([{ ...rent, mean: [0, 0, 0], naive: [0, 0, 0], scale: 0 }], { ...came, of: () => 0 });
  expect(scoreOf(none.points)).toMatchObject({ wape: null, bias: null, mase: null, isWorseThanNaive: false });
  expect(scoreOf([])).toMatchObject({ points: 0, wape: null, held80: { share: null, of: 0 } });
});

test('SB4: as good as seasonal naive is not worse', () => {
  const same = scoredPoints(
    [{ ...cloud, mean: cloud.naive.map((each) => each + 7), naive: cloud.naive.map((x) => x - 7) }],
    {
      ...came,
      of: () => 100,
    },
  );
  expect(scoreOf(same.points).isWorseThanNaive).toBe(false);
});

test('SB5: by owner, line, method and horizon', () => {
  expect(scoresBy('owner')).toEqual([' 2 1.20', 'ana 2 0.10']);
  expect(scoresBy('line')).toEqual(['rent 2 1.20', 'cloud 2 0.10']);
  expect(scoresBy('method')).toEqual(['theta 2 1.20', 'combination 2 0.10']);
  expect(scoresBy('horizon')).toEqual(['1 2 0.07', '2 2 0.70']);
  expect(scoresBy('publication')).toEqual(['march 4 0.32']);
});

test('SB6: a month to come, by hand', () => {
  const compared: PeriodCompared = {
    period: '2027-07',
    published: { mean: 100, calculated: 100, known: 40 },
    came: null,
    now: { mean: 150, calculated: 130, known: 50 },
    again: { calculated: 125, known: 50 },
  };
  expect(whatChanged([compared])).toEqual({
    before: 100,
    after: 150,
    actuals: 5,
    known: 10,
    model: 15,
    overrides: 20,
  });
  expect(whatChanged([{ ...compared, came: 90 }])).toEqual({ ...NO_CHANGE, before: 100, after: 90, actuals: -10 });
});

test('SB6: the parts add up to the difference, whatever the figures', () => {
  const amount = fc.integer({ min: -1e12, max: 1e12 });
  const figures = fc.record({ mean: amount, calculated: amount, known: amount });
  const compared = fc.record({
    period: fc.constant('2027-07'),
    published: figures,
    came: fc.option(amount),
    now: figures,
    again: figures,
  });
  fc.assert(
    fc.property(fc.array(compared, { maxLength: 20 }), (periods) => {
      const { before, after, actuals, known, model, overrides } = addChanges(whatChanged(periods), NO_CHANGE);
      expect(actuals + known + model + overrides).toBe(after - before);
    }),
  );
});
