/** The numbers of the fan chart; the components only place them. All values are minor units. */
import { roundAxis, type PlanActualPoint, type ValueAxis } from './plan-actual.ts';

export interface FanPoint extends PlanActualPoint {
  /** What is expected of a period ahead; null behind. */
  readonly expected: number | null;
  /** Where what comes will lie with so much certainty, in percent; the narrowest first, none where nothing can be said. */
  readonly ranges: readonly FanRange[];
  /** What is odd about it, in a sentence: a dot stands over its bar. */
  readonly remark?: string | undefined;
}

interface FanRange {
  readonly level: number;
  readonly lower: number;
  readonly upper: number;
}

/** The area of one level, from the last actual figure on: where it is seen to open. */
export interface FanBand {
  readonly level: number;
  /** Path data, closed. */
  readonly path: string;
}

/** The widest band first, so that the narrower ones are drawn over it. */
export function fanBands(
  points: readonly FanPoint[],
  x: (at: number) => number,
  y: (value: number) => number,
): readonly FanBand[] {
  const levels = [...new Set(points.flatMap(({ ranges }) => ranges.map(({ level }) => level)))].sort((a, b) => b - a);
  const start = apex(points);
  return levels.map((level) => {
    const ahead = points.flatMap(({ ranges }, at) => {
      const range = ranges.find((each) => each.level === level);
      return range === undefined ? [] : [{ at, ...range }];
    });
    const from = start === null ? [] : [{ at: start.at, level, lower: start.value, upper: start.value }];
    const edge = [...from, ...ahead];
    const upper = edge.map(({ at, upper: value }) => `${x(at)} ${y(value)}`);
    const lower = edge.toReversed().map(({ at, lower: value }) => `${x(at)} ${y(value)}`);
    return { level, path: `M${[...upper, ...lower].join('L')}Z` };
  });
}

/** Path data of what is expected, from the last actual figure on; empty where nothing is. */
export function expectedPath(
  points: readonly FanPoint[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  const ahead = points.flatMap(({ expected }, at) => (expected === null ? [] : [{ at, value: expected }]));
  const start = apex(points);
  const line = start === null ? ahead : [start, ...ahead];
  return ahead.length === 0 ? '' : `M${line.map(({ at, value }) => `${x(at)} ${y(value)}`).join('L')}`;
}

/** The last figure before the first that is expected; null where none is. */
function apex(points: readonly FanPoint[]): { readonly at: number; readonly value: number } | null {
  const first = points.findIndex(({ expected }) => expected !== null);
  const value = points[first - 1]?.actual ?? null;
  return first < 1 || value === null ? null : { at: first - 1, value };
}

/** A round axis from zero (or below, where there are credits) over everything shown. */
export function fanAxis(points: readonly FanPoint[], digits: number): ValueAxis {
  const values = points.flatMap(({ plan, actual, expected, ranges }) => [
    plan ?? 0,
    actual ?? 0,
    expected ?? 0,
    ...ranges.flatMap(({ lower, upper }) => [lower, upper]),
  ]);
  return roundAxis(Math.min(0, ...values), Math.max(0, ...values), 10 ** digits);
}

/** As many points as the width has room for: what lies ahead is kept, the oldest are left out. */
export function withRoom(points: readonly FanPoint[], width: number, least: number): readonly FanPoint[] {
  if (width <= 0) return points;
  const ahead = points.filter(({ expected }) => expected !== null).length;
  const most = Math.max(ahead + 4, Math.floor(width / least));
  return points.slice(Math.max(0, points.length - most));
}
