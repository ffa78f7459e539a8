import { expect, test } from 'vitest';
import { expectedPath, fanAxis, fanBands, withRoom, type FanPoint } from '#lib/ui/chart/fan.ts';

const x = (at: number): number => 10 * at;
const y = (value: number): number => -value;

function behind(at: number, actual: number): FanPoint {
  return { key: `p${at}`, label: '', name: '', plan: null, actual, expected: null, ranges: [] };
}

function ahead(at: number, expected: number, ...widths: readonly [level: number, width: number][]): FanPoint {
  const ranges = widths.map(([level, width]) => ({ level, lower: expected - width, upper: expected + width }));
  return { key: `p${at}`, label: '', name: '', plan: null, actual: null, expected, ranges };
}

test('the fan opens from the last actual figure, the widest band underneath', () => {
  const points = [behind(0, 8), behind(1, 10), ahead(2, 20, [50, 1], [80, 3]), ahead(3, 30, [50, 2], [80, 6])];
  expect(fanBands(points, x, y)).toEqual([
    { level: 80, path: 'M10 -10L20 -23L30 -36L30 -24L20 -17L10 -10Z' },
    { level: 50, path: 'M10 -10L20 -21L30 -32L30 -28L20 -19L10 -10Z' },
  ]);
  expect(expectedPath(points, x, y)).toBe('M10 -10L20 -20L30 -30');
});

test('without a range there is no band, without a history nothing to open from, without a forecast no line', () => {
  expect(fanBands([behind(0, 8), ahead(1, 9)], x, y)).toEqual([]);
  expect(expectedPath([ahead(0, 9), ahead(1, 9)], x, y)).toBe('M0 -9L10 -9');
  expect(expectedPath([behind(0, 8)], x, y)).toBe('');
});

test('the axis reaches over the widest range, and below zero for credits', () => {
  const axis = fanAxis([behind(0, 500), ahead(1, 400, [95, 900])], 0);
  expect([axis.low <= -500, axis.high >= 1300, axis.ticks.includes(0)]).toEqual([true, true, true]);
});

test('a narrow chart leaves out the oldest, never what lies ahead', () => {
  const points = [...Array.from({ length: 36 }, (_, at) => behind(at, 1)), ...[36, 37].map((at) => ahead(at, 1))];
  expect(withRoom(points, 1000, 17)).toHaveLength(38);
  expect(withRoom(points, 340, 17)).toHaveLength(20);
  expect(withRoom(points, 20, 17).map(({ key }) => key)).toEqual(['p32', 'p33', 'p34', 'p35', 'p36', 'p37']);
  expect(withRoom(points, 0, 17)).toBe(points);
});
