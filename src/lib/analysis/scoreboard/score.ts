/** How far off published forecasts were, once what they were about has come. (SB1 to SB5) */
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';

/** One line as it was published. Lists have one figure for each period, in minor units; ranges may be empty. */
export interface PublishedForecast {
  readonly publicationId: string;
  readonly lineId: string;
  readonly ownerId: string | null;
  readonly nature: 'cost' | 'revenue';
  readonly currency: string;
  readonly method: string;
  readonly periods: readonly PeriodKey[];
  readonly mean: readonly number[];
  /** What seasonal naive said. */
  readonly naive: readonly number[];
  readonly lower80: readonly number[];
  readonly upper80: readonly number[];
  readonly lower95: readonly number[];
  readonly upper95: readonly number[];
  /** What errors are measured in: the mean seasonal difference of the history; null for none. */
  readonly scale: number | null;
}

/** One period of a published line that has come. */
export interface ScoredPoint {
  readonly forecast: PublishedForecast;
  readonly period: PeriodKey;
  /** Periods ahead when it was published, from 1. */
  readonly horizon: number;
  readonly expected: number;
  readonly naive: number;
  readonly came: number;
  /** Whether it fell inside; null without a range. */
  readonly in80: boolean | null;
  readonly in95: boolean | null;
}

/** What came, in minor units of `currency`, up to the last period that has ended. */
export interface Came {
  readonly currency: string;
  readonly until: PeriodKey;
  readonly of: (forecast: PublishedForecast, period: PeriodKey) => number;
}

/** (SB1) */
export function scoredPoints(
  forecasts: readonly PublishedForecast[],
  came: Came,
): { readonly points: readonly ScoredPoint[]; readonly leftOut: number } {
  const comparable = forecasts.filter(({ currency }) => currency === came.currency);
  const points = comparable.flatMap((forecast) =>
    forecast.periods.flatMap((period, at): ScoredPoint[] => {
      const [expected, naive] = [forecast.mean[at], forecast.naive[at]];
      if (period > came.until || expected === undefined || naive === undefined) return [];
      const value = came.of(forecast, period);
      const in80 = isInside(value, forecast.lower80[at], forecast.upper80[at]);
      const in95 = isInside(value, forecast.lower95[at], forecast.upper95[at]);
      return [{ forecast, period, horizon: at + 1, expected, naive, came: value, in80, in95 }];
    }),
  );
  return { points, leftOut: forecasts.length - comparable.length };
}

function isInside(value: number, lower: number | undefined, upper: number | undefined): boolean | null {
  return lower === undefined || upper === undefined ? null : value >= lower && value <= upper;
}

/** How often ranges held what came, in percent; null where none had one. */
export interface Held {
  readonly share: number | null;
  readonly of: number;
}

export interface Score {
  readonly points: number;
  /** Absolute errors by what came, and those of seasonal naive; null where nothing came. */
  readonly wape: number | null;
  readonly naiveWape: number | null;
  /** Errors by what came, above zero for too much; null where nothing came. */
  readonly bias: number | null;
  /** Null where no line has a scale. */
  readonly mase: number | null;
  readonly held80: Held;
  readonly held95: Held;
  readonly isWorseThanNaive: boolean;
}

/** R. J. Hyndman and A. B. Koehler (2006), pooled over points. (SB2 to SB4) */
export function scoreOf(points: readonly ScoredPoint[]): Score {
  const whole = sum(points, ({ came }) => Math.abs(came));
  const errors = sum(points, errorOf);
  const naive = sum(points, (point) => Math.abs(point.naive - point.came));
  const share = (part: number): number | null => (whole === 0 ? null : part / whole);
  const scaled = points.flatMap((point) => (point.forecast.scale ? [errorOf(point) / point.forecast.scale] : []));
  return {
    points: points.length,
    wape: share(errors),
    naiveWape: share(naive),
    bias: share(sum(points, ({ expected, came }) => expected - came)),
    mase: scaled.length === 0 ? null : sum(scaled, (each) => each) / scaled.length,
    held80: heldBy(points.map(({ in80 }) => in80)),
    held95: heldBy(points.map(({ in95 }) => in95)),
    isWorseThanNaive: errors > naive,
  };
}

export type ScoredBy = 'owner' | 'line' | 'horizon' | 'method' | 'publication';

export interface ScoreRow {
  /** Id of the owner (empty for nobody), line or publication; the number of periods ahead; the method. */
  readonly key: string;
  readonly score: Score;
}

/** One score for each group, horizons from the nearest on, other groups from the worst on. (SB5) */
export function scoreboard(points: readonly ScoredPoint[], by: ScoredBy): readonly ScoreRow[] {
  const rows = [...Map.groupBy(points, KEYS[by])].map(([key, group]) => ({ key, score: scoreOf(group) }));
  return by === 'horizon'
    ? rows.sort((a, b) => Number(a.key) - Number(b.key))
    : rows.sort((a, b) => (b.score.wape ?? -1) - (a.score.wape ?? -1));
}

const KEYS: Readonly<Record<ScoredBy, (point: ScoredPoint) => string>> = {
  owner: ({ forecast }) => forecast.ownerId ?? '',
  line: ({ forecast }) => forecast.lineId,
  horizon: ({ horizon }) => String(horizon),
  method: ({ forecast }) => forecast.method,
  publication: ({ forecast }) => forecast.publicationId,
};

function errorOf({ expected, came }: ScoredPoint): number {
  return Math.abs(expected - came);
}

function heldBy(insides: readonly (boolean | null)[]): Held {
  const ranged = insides.filter((inside) => inside !== null);
  const held = ranged.filter(Boolean).length;
  return { share: ranged.length === 0 ? null : (100 * held) / ranged.length, of: ranged.length };
}

function sum<T>(list: readonly T[], figure: (each: T) => number): number {
  return list.reduce((total, each) => total + figure(each), 0);
}
