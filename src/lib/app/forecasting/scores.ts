/** Published forecasts held against what came, and against what is forecast now. */
import type { Forecast } from '#lib/analysis/forecast/forecast.ts';
import {
  scoreboard,
  scoredPoints,
  scoreOf,
  type Score,
  type ScoredBy,
  type ScoredPoint,
  type ScoreRow,
} from '#lib/analysis/scoreboard/score.ts';
import {
  addChanges,
  NO_CHANGE,
  whatChanged,
  type ForecastChange,
  type PeriodCompared,
} from '#lib/analysis/scoreboard/what-changed.ts';
import type { PublishedLine } from '#lib/documents/analysis.ts';
import { periodByKey } from '#lib/domain/fiscal/period.ts';
import type { ForecastQuestion } from '#lib/workers/forecast-messages.ts';
import type { ForecastWorkers } from '#lib/workers/start-forecast-workers.ts';
import type { Reader } from '../reader.ts';
import type { Reference } from '../reference.ts';
import type { Forecasted, ForecastsAnswer } from './ask-forecasts.ts';
import type { LineJudgements } from './judgements.ts';
import { historyEnd, readBooked } from './line-history.ts';
import type { WholePublication } from './publish.ts';
import { historyOf } from './subjects.ts';

export interface Scores {
  readonly points: readonly ScoredPoint[];
  /** Published lines in another currency than that of the workspace now. */
  readonly leftOut: number;
}

/** Every point of published lines whose period has ended. */
export async function readScores(
  reader: Pick<Reader, 'report'>,
  reference: Reference,
  published: readonly PublishedLine[],
  today: string,
): Promise<Scores> {
  const [cost, revenue] = await Promise.all([
    readBooked(reader, 'line', 'cost'),
    readBooked(reader, 'line', 'revenue'),
  ]);
  const booked = { cost: cost.byId, revenue: revenue.byId };
  return scoredPoints(published, {
    currency: reference.baseCurrency,
    until: historyEnd(reference, today).period.key,
    of: ({ nature, lineId }, period) => booked[nature].get(lineId)?.get(period) ?? 0,
  });
}

/** How far off everything was that has come, and each group of it. */
export function scoreTable(
  { points }: Scores,
  by: ScoredBy,
): { readonly all: Score; readonly rows: readonly ScoreRow[] } {
  return { all: scoreOf(points), rows: scoreboard(points, by) };
}

export interface ChangedLine extends ForecastChange {
  readonly lineId: string;
  readonly name: string;
}

export interface WhatChanged {
  /** Of costs, and of revenue; null where there is no line of it to compare. */
  readonly cost: ForecastChange | null;
  readonly revenue: ForecastChange | null;
  /** Those that changed, the most changed first. */
  readonly lines: readonly ChangedLine[];
  /** Lines that were published and are not forecast now, and the other way round. */
  readonly gone: number;
  readonly added: number;
}

export interface ComparedWith {
  readonly reference: Reference;
  readonly judgements: ReadonlyMap<string, LineJudgements>;
  readonly workers: Pick<ForecastWorkers, 'forecastAll'>;
  readonly today: string;
  readonly signal: AbortSignal;
}

/**
 * What changed in the fiscal year since a publication: today's methods are asked again with the history as it ended then,
 * so that what the history since adds is told from what the method does. Null when cancelled. (SB6)
 */
export async function compareWithPublished(
  answer: ForecastsAnswer,
  { until, id }: WholePublication,
  published: readonly PublishedLine[],
  { reference, judgements, workers, today, signal }: ComparedWith,
): Promise<WhatChanged | null> {
  const { calendar } = reference;
  const end = periodByKey(calendar, until);
  const own = published.filter(({ publicationId, currency }) => publicationId === id && currency === answer.currency);
  const rows = new Map(answer.rows.map((row) => [keyOf(row), row]));
  const pairs = own.flatMap((line) => {
    const row = rows.get(`${line.nature} ${line.lineId}`);
    if (row?.made == null || end === undefined) return [];
    const isScheduled = row.made.known.length > 0;
    const series = historyOf(row.actual, reference, { until: end, grain: 'period', isScheduled });
    const pinned = judgements.get(line.lineId)?.method ?? null;
    const options: ForecastQuestion['options'] = {
      horizon: Math.max(1, line.periods.length),
      calendar,
      today,
      known: row.made.known,
      adjustments: row.made.adjustments.map(({ judgement }) => judgement),
      ...(pinned === null ? {} : { pinned }),
    };
    return series.ok ? [{ line, row, made: row.made, question: { series: series.value, options } }] : [];
  });
  const made = await workers.forecastAll(
    pairs.map(({ question }) => question),
    { onprogress: () => undefined, signal },
  );
  if (made === null) return null;
  const lines = pairs.flatMap(({ line, row, made: now }, at): (ChangedLine & { nature: string })[] => {
    const again = made.answers[at];
    if (again?.ok !== true) return [];
    const compared = comparedPeriods(line, { row, now, again: again.value, answer, reference });
    return [{ lineId: line.lineId, name: row.name, nature: row.nature, ...whatChanged(compared) }];
  });
  const sumOf = (nature: string): ForecastChange | null => {
    const those = lines.filter((line) => line.nature === nature);
    return those.length === 0 ? null : those.reduce(addChanges, NO_CHANGE);
  };
  const then = new Set(own.map(({ nature, lineId }) => `${nature} ${lineId}`));
  const sizeOf = ({ before, after }: ForecastChange): number => Math.abs(after - before);
  return {
    cost: sumOf('cost'),
    revenue: sumOf('revenue'),
    lines: lines.filter((line) => sizeOf(line) > 0).sort((a, b) => sizeOf(b) - sizeOf(a)),
    gone: own.length - lines.length,
    added: answer.rows.filter((row) => row.made !== null && row.line !== null && !then.has(keyOf(row))).length,
  };
}

interface Compared {
  readonly row: Forecasted;
  readonly now: Forecast;
  readonly again: Forecast;
  readonly answer: ForecastsAnswer;
  readonly reference: Reference;
}

/** The published periods of the year that is asked about. */
function comparedPeriods(line: PublishedLine, { row, now, again, answer, reference }: Compared): PeriodCompared[] {
  const places = new Map(answer.ahead.map(({ key }, at) => [key, at]));
  return line.periods.flatMap((period, at): PeriodCompared[] => {
    if (periodByKey(reference.calendar, period)?.fiscalYear !== answer.asked.fiscalYear) return [];
    const place = places.get(period);
    const hasCome = period <= answer.until.key;
    if (!hasCome && place === undefined) return [];
    const mean = row.expected.get(period) ?? 0;
    const override = Math.round(now.components.override[place ?? -1] ?? 0);
    return [
      {
        period,
        published: { mean: line.mean[at] ?? 0, calculated: line.calculated[at] ?? 0, known: line.known[at] ?? 0 },
        came: hasCome ? (row.actual.get(period) ?? 0) : null,
        now: { mean, calculated: mean - override, known: Math.round(now.components.known[place ?? -1] ?? 0) },
        again: {
          calculated: Math.round(again.calculated[at] ?? 0),
          known: Math.round(again.components.known[at] ?? 0),
        },
      },
    ];
  });
}

function keyOf({ nature, id }: Pick<Forecasted, 'nature' | 'id'>): string {
  return `${nature} ${id}`;
}
