import { expect, test } from 'vitest';
import type { ForecastsAnswer, Forecasted } from '#lib/app/forecasting/ask-forecasts.ts';
import { NO_JUDGEMENTS } from '#lib/app/forecasting/judgements.ts';
import { publishForecast, readPublications, readPublished } from '#lib/app/forecasting/publish.ts';
import { reforecastOf } from '#lib/app/forecasting/reforecast.ts';
import { compareWithPublished, readScores } from '#lib/app/forecasting/scores.ts';
import { scoreOf } from '#lib/analysis/scoreboard/score.ts';
import { forecast, type ForecastOptions } from '#lib/analysis/forecast/forecast.ts';
import { seriesOf } from '#lib/analysis/series/series.ts';
import type { Reference } from '#lib/app/reference.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { nextPeriod, periodByKey, type Period } from '#lib/domain/fiscal/period.ts';
import type { ForecastWorkers } from '#lib/workers/start-forecast-workers.ts';
import { makeDepartment } from '#tests/support/make-department.ts';
import { plannedLine } from '../../documents/support.ts';
import { WritingForTest } from './writing-for-test.ts';

const calendar = { pattern: 'months', startMonth: 1, namedBy: 'end' } as const;
const departments = [makeDepartment('root'), makeDepartment('ops', { area: true })];
const reference = {
  calendar,
  departments,
  baseCurrency: 'EUR',
  closed: ['2027-03'],
  versions: [],
} as never as Reference;
const asked = { fiscalYear: 2027, by: 'line', grain: 'period' } as const;

const workers = {
  forecastAll: (questions: readonly { series: never; options: ForecastOptions }[]) =>
    Promise.resolve({ answers: questions.map(({ series, options }) => forecast(series, options)) }),
} as never as ForecastWorkers;

function periodAt(key: string): Period {
  const period = periodByKey(calendar, key);
  if (period === undefined) throw new Error(key);
  return period;
}

function periodsAfter(key: string, count: number): Period[] {
  const periods = [nextPeriod(calendar, periodAt(key))];
  while (periods.length < count) periods.push(nextPeriod(calendar, periods.at(-1) ?? periodAt(key)));
  return periods;
}

/** A line as the page has it: `amounts` from January 2026 on, history up to `until`. */
function row(
  line: PlannedLine,
  amounts: readonly number[],
  until: string,
  more: Partial<ForecastOptions> = {},
): Forecasted {
  const months = periodsAfter('2025-12', amounts.length);
  const points = months.map(({ key }, at) => ({ period: key, amount: amounts[at] ?? 0, currency: 'EUR' }));
  const series = seriesOf(points, calendar, until);
  if (!series.ok) throw new Error('points make a series');
  const made = forecast(series.value, { calendar, today: '2027-04-03', horizon: 12, ...more });
  if (!made.ok) throw new Error('a forecast is made');
  return {
    id: line.id,
    name: line.name,
    nature: line.nature,
    line,
    actual: new Map(points.map(({ period, amount }) => [period, amount])),
    planned: new Map(),
    series: series.value,
    made: made.value,
    judged: NO_JUDGEMENTS,
    fault: null,
    expected: new Map(made.value.periods.map(({ key }, at) => [key, Math.round(made.value.mean[at] ?? 0)])),
  };
}

function answerOf(until: string, rows: readonly Forecasted[]): ForecastsAnswer {
  const period = periodAt(until);
  return { asked, rows, until: period, ahead: periodsAfter(until, 12), currency: 'EUR' } as never;
}

const amounts = Array.from({ length: 15 }, (_, at) => 10_000 + 300 * at + ((at * 7919) % 500));
const cloud = plannedLine({ id: 'cloud', name: 'Cloud', departmentId: 'ops', ownerId: 'ben' });
const rent = plannedLine({ id: 'rent', name: 'Rent', departmentId: null });
const march = answerOf('2027-03', [row(cloud, amounts, '2027-03'), row(rent, amounts, '2027-03')]);

test('every line is kept in its area’s document, with what the score needs, and the way back takes all of it away', async () => {
  const writing = new WritingForTest();
  const told = await publishForecast(writing, reference, 'March', march);
  expect(told).toMatchObject({ kind: 'done', text: 'Published “March” with 2 lines' });
  const publications = await readPublications(writing.reader);
  expect(publications).toMatchObject([
    { name: 'March', by: 'ann', until: '2027-03', documents: ['analysis/2027/ops', 'analysis/2027/root'] },
  ]);
  const published = await readPublished(writing, publications);
  const [line] = published;
  expect(line).toMatchObject({ lineId: 'cloud', ownerId: 'ben', currency: 'EUR', nature: 'cost' });
  expect(line?.periods).toEqual(march.ahead.map(({ key }) => key));
  // What the same month a year before said: January 2026 is the first of the amounts.
  expect(line?.naive[0]).toBe(amounts[3]);
  expect([line?.mean, line?.lower80, line?.upper95, line?.known].map((list) => list?.length)).toEqual([12, 12, 12, 12]);
  if (told.kind === 'done') await told.undo?.();
  expect(await readPublications(writing.reader)).toEqual([]);
  expect(await readPublished(writing, publications)).toEqual([]);
});

test('areas that may not be written are left out, and said so; without any nothing is published', async () => {
  const writing = new WritingForTest();
  writing.readOnly.add('analysis/2027/root');
  const told = await publishForecast(writing, reference, 'March', march);
  expect(told.text).toBe('Published “March” with 1 line; 1 line in areas you may not write is left out');
  writing.readOnly.add('analysis/2027/ops');
  expect(await publishForecast(writing, reference, 'April', march)).toMatchObject({ kind: 'not-done' });
  const none = { ...march, rows: march.rows.map((each) => ({ ...each, line: null })) };
  expect((await publishForecast(writing, reference, 'May', none)).text).toContain('nothing to publish');
});

test('once April is closed, what came stands beside what was published', async () => {
  const writing = new WritingForTest();
  await publishForecast(writing, reference, 'March', march);
  const published = await readPublished(writing, await readPublications(writing.reader));
  const report = ({ filter }: { filter: { nature?: string } }) =>
    Promise.resolve({
      axes: [['cloud', 'rent'], ['2027-04']],
      cost: filter.nature === 'cost' ? [15_000, 0] : [],
      revenue: [0, 0],
      rows: [1, 0],
      totals: { unconverted: 0, isExact: true },
    });
  const april = { ...reference, closed: ['2027-04'] };
  const { points } = await readScores({ report } as never, april, published, '2027-05-03');
  expect(points.map(({ forecast: { lineId }, period, came }) => `${lineId} ${period} ${came}`)).toEqual([
    'cloud 2027-04 15000',
    'rent 2027-04 0',
  ]);
  const [hit] = points;
  expect(scoreOf(points.slice(0, 1)).wape).toBeCloseTo(Math.abs((hit?.expected ?? 0) - 15_000) / 15_000, 9);
});

test('SB6: what changed since is told by actuals, known events, model and overrides, and adds up to the cent', async () => {
  const writing = new WritingForTest();
  await publishForecast(writing, reference, 'March', march);
  const [publication] = await readPublications(writing.reader);
  if (publication === undefined) throw new Error('it is published');
  const published = await readPublished(writing, [publication]);
  const override = { id: 'o', by: 'ann', at: '', reason: 'agreed', expires: null, period: '2027-12', amount: 99_000 };
  const known = {
    id: 'k',
    kind: 'one-off',
    label: 'Audit',
    effect: { kind: 'amounts', currency: 'EUR', byPeriod: { '2027-10': 7_000 } },
  } as const;
  const more = { overrides: [override], known: [known] };
  const now = answerOf('2027-04', [row(cloud, [...amounts, 25_000], '2027-04', more)]);
  const ground = { reference, judgements: new Map([['cloud', NO_JUDGEMENTS]]), workers, today: '2027-05-03' };
  const signal = new AbortController().signal;
  const changed = await compareWithPublished(now, publication, published, { ...ground, signal });
  const cost = changed?.cost;
  expect(cost).toMatchObject({ known: 7_000 });
  expect(cost?.overrides).toBeGreaterThan(70_000);
  expect(cost?.actuals).toBeGreaterThan(25_000 - (published[0]?.mean[0] ?? 0));
  expect((cost?.actuals ?? 0) + (cost?.known ?? 0) + (cost?.model ?? 0) + (cost?.overrides ?? 0)).toBe(
    (cost?.after ?? 0) - (cost?.before ?? 0),
  );
  expect(changed).toMatchObject({ revenue: null, gone: 1, added: 0, lines: [{ lineId: 'cloud', name: 'Cloud' }] });
});

test('a reforecast has what came and what is expected; other currencies and lines without a forecast stay as planned', () => {
  const phases = Object.fromEntries(periodsAfter('2026-12', 12).map(({ key }) => [key, 1000]));
  const dollars = plannedLine({ id: 'usd', name: 'Dollars', currency: 'USD', phases });
  const fresh = plannedLine({ id: 'fresh', name: 'Fresh', phases });
  const [cloudRow] = march.rows;
  if (cloudRow === undefined) throw new Error('there is a row');
  const rows = [cloudRow, { ...cloudRow, id: 'fresh', made: null, actual: new Map([['2027-01', 5]]) }];
  const made = reforecastOf([{ ...cloud, phases }, dollars, fresh], { ...march, rows }, calendar);
  expect(made.kept).toEqual(['Dollars']);
  expect(made.lines.map(({ lineId }) => lineId)).toEqual(['cloud', 'fresh']);
  const [proposed, other] = made.lines;
  expect(proposed?.before).toBe(12_000);
  expect(proposed?.phases['2027-03']).toBe(amounts[14]);
  expect(proposed?.phases['2027-12']).toBe(cloudRow.expected.get('2027-12'));
  expect(proposed?.after).toBe(Object.values(proposed?.phases ?? {}).reduce((sum, each) => sum + each, 0));
  // Three months that history has, of which one had a posting, and nine of the plan.
  expect(other?.after).toBe(5 + 9 * 1000);
});
