import { expect, test } from 'vitest';
import { NO_JUDGEMENTS } from '#lib/app/forecasting/judgements.ts';
import { rollingLines } from '#lib/app/forecasting/rolling-lines.ts';
import type { ForecastsAnswer } from '#lib/app/forecasting/ask-forecasts.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import type { SheetColumn } from '#lib/ui/grid/sheet.ts';
import { forecastSheet, runningOut } from '../../../../src/routes/budget/forecast-mode.ts';

const periods = periodsOfYear({ pattern: 'months', startMonth: 1, namedBy: 'end' }, 2027).slice(0, 3);
const [january, february, march] = periods.map(({ key }) => key) as [string, string, string];

const lines = [
  { id: 'cloud', name: 'Cloud', nature: 'cost' },
  { id: 'new', name: 'New line', nature: 'cost' },
  { id: 'sales', name: 'Recharges', nature: 'revenue' },
] as const;

const planned = new Map([
  [january, Float64Array.of(100, 10, 50)],
  [february, Float64Array.of(100, 10, 50)],
  [march, Float64Array.of(100, NaN, 50)],
]);

type Row = ForecastsAnswer['rows'][number];

function row(id: string, nature: 'cost' | 'revenue', actual: Row['actual'], expected: Row['expected'] | null): Row {
  const made = expected === null ? null : ({} as Row['made']);
  const none = { name: id, line: null, planned: new Map(), series: null, judged: NO_JUDGEMENTS, fault: null };
  return { ...none, id, nature, actual, made, expected: expected ?? new Map() };
}

const answer = {
  until: periods[0] as (typeof periods)[number],
  rows: [
    row(
      'cloud',
      'cost',
      new Map([
        [january, 130],
        [february, 5],
      ]),
      new Map([
        [february, 120],
        [march, 125],
      ]),
    ),
    row('sales', 'revenue', new Map([[january, 90]]), null),
    row('sales', 'cost', new Map([[january, 7]]), null),
  ],
};

const rolling = rollingLines(answer, lines, planned, periods);

test('B21: each line goes on from its own actual figures, by its own nature; without a forecast as planned', () => {
  expect(rolling.map(({ figures }) => figures)).toEqual([
    [130, 120, 125],
    [0, 10, 0],
    [90, 50, 50],
  ]);
  expect(rolling.map(({ planned: plan, atCompletion }) => [plan, atCompletion])).toEqual([
    [300, 375],
    [20, 10],
    [150, 190],
  ]);
});

test('B22: the grid shows actual months, then slanted ones, then plan, estimate and the difference', () => {
  const months = periods.map(({ key }): SheetColumn => ({ kind: 'amount', key, label: key, name: key, closed: true }));
  const year = { kind: 'sum', key: 'year', label: 'Year', name: 'Year', of: periods.map(({ key }) => key) } as const;
  const { columns, figures } = forecastSheet(rolling, [...months, year], periods, answer.until.key);
  expect(columns.map((column) => [column.key, column.kind === 'amount' && column.forecast === true])).toEqual([
    [january, false],
    [february, true],
    [march, true],
    ['plan-of-year', false],
    ['planned', false],
    ['estimate', false],
    ['change', false],
  ]);
  expect(columns.some((column) => column.kind === 'amount' && column.closed === true)).toBe(false);
  expect([...(figures.get(february) ?? [])]).toEqual([120, 10, 50]);
  expect([...(figures.get('plan-of-year') ?? [])]).toEqual([300, 20, 150]);
});

test('B24: only cost beyond its plan runs out; revenue beyond its plan is no trouble', () => {
  expect(runningOut(lines, rolling).map(({ id, rolling: { exhaustedIn } }) => [id, exhaustedIn])).toEqual([
    ['cloud', march],
  ]);
});
