/** From what was booked and planned to the forecast of every line: read, asked of the workers, made to add up. */
import { bottomUp } from '#lib/analysis/reconciliation/reconcile.ts';
import type { Forecast, ForecastFault } from '#lib/analysis/forecast/forecast.ts';
import { calendarPeriods } from '#lib/analysis/known-events/event.ts';
import type { Series, SeriesFault } from '#lib/analysis/series/series.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodsOfYear, type Period, type PeriodKey } from '#lib/domain/fiscal/period.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { Filter } from '#lib/store/filter.ts';
import type { ForecastQuestion } from '#lib/workers/forecast-messages.ts';
import type { ForecastProgress, ForecastWorkers } from '#lib/workers/start-forecast-workers.ts';
import type { Reader } from '../reader.ts';
import type { Reference } from '../reference.ts';
import { cutsOfYear, gathered, lastWhole, nextCut, type Grain } from './grain.ts';
import { judgedOptions, NO_JUDGEMENTS, readJudgements, type LineJudgements } from './judgements.ts';
import { historyEnd, readBooked, type ByPeriod, type Subject } from './line-history.ts';
import { readPlans } from './planned-amounts.ts';
import { historyOf, subjectsOf, totalOf, type ForecastSubject } from './subjects.ts';

/** What a page asks. Equal questions to the same workspace have equal answers. */
export interface ForecastsQuestion {
  /** The forecast reaches to the end of this year, and at least a year ahead. */
  readonly fiscalYear: number;
  readonly by: Subject;
  readonly grain: Grain;
  /** Narrows what is taken as booked. */
  readonly filter?: Filter;
}

export interface ForecastsAnswer {
  readonly asked: ForecastsQuestion;
  readonly currency: string;
  /** The last period or quarter that history goes to. */
  readonly until: Period;
  /** Whether that is closed; else it is over, and nothing is closed yet. */
  readonly isClosed: boolean;
  /** The periods or quarters ahead, the next one first. */
  readonly ahead: readonly Period[];
  readonly rows: readonly Forecasted[];
  /** Of each nature that has rows: what is expected is the sum of the rows, the range is that of their sum. */
  readonly totals: readonly Forecasted[];
  /** How often ranges held what came, over everything that could be tested, in percent; null where nothing could. */
  readonly coverage: readonly { readonly level: number; readonly measured: number | null }[];
  /** How many figures that was measured on. */
  readonly tested: number;
  /** Rows left out because no rate into the base currency is known. */
  readonly unconverted: number;
  /** False where sums left the whole numbers that are exact: no figure is to be shown then. */
  readonly isExact: boolean;
}

/** Amounts are minor units of the base currency, by period or by quarter as asked. */
export interface Forecasted extends ForecastSubject {
  /** What was learnt from; null where nothing was booked. */
  readonly series: Series | null;
  readonly made: Forecast | null;
  /** What people know and decided of it; nothing of what is no line. */
  readonly judged: LineJudgements;
  /** Why there is no forecast. */
  readonly fault: SeriesFault | ForecastFault | null;
  /** Whole minor units of every period ahead: those of the rows add up to those of their total. Empty without a forecast. */
  readonly expected: ByPeriod;
}

export interface ForecastsGround {
  readonly reader: Pick<Reader, 'report' | 'lines' | 'reference'>;
  readonly reference: Reference;
  /** ISO date. */
  readonly today: string;
  readonly workers: Pick<ForecastWorkers, 'forecastAll'>;
  readonly onprogress: (progress: ForecastProgress) => void;
  readonly signal: AbortSignal;
}

/** The forecast of everything asked about; null when it was cancelled. */
export async function askForecasts(asked: ForecastsQuestion, ground: ForecastsGround): Promise<ForecastsAnswer | null> {
  const { reader, reference, today, workers, onprogress, signal } = ground;
  const { calendar, baseCurrency } = reference;
  const end = historyEnd(reference, today);
  const until = lastWhole(calendar, end.period, asked.grain);
  const ahead = periodsAhead(asked, reference, until);
  const years = yearsBetween(Math.min(asked.fiscalYear, until.fiscalYear) - 1, ahead.at(-1)?.fiscalYear ?? 0);
  const [cost, revenue, plans, judgements] = await Promise.all([
    readBooked(reader, asked.by, 'cost', asked.filter),
    readBooked(reader, asked.by, 'revenue', asked.filter),
    readPlans(reader, reference, years),
    asked.by === 'line' ? readJudgements(reader) : new Map<string, LineJudgements>(),
  ]);
  const [since] = periodsOfYear(calendar, Math.min(asked.fiscalYear, until.fiscalYear));
  const rows = subjectsOf({
    reference,
    by: asked.by,
    plans,
    booked: { cost: cost.byId, revenue: revenue.byId },
    since: since ?? until,
  });
  const natures = (['cost', 'revenue'] as const).filter((nature) => rows.some((row) => row.nature === nature));
  const all = [...rows, ...natures.map((nature) => totalOf(rows, nature))];

  const last = ahead.at(-1) ?? until;
  const prepared = all.map((subject): Prepared => {
    const judged = judgements.get(subject.id) ?? NO_JUDGEMENTS;
    const isScheduled = judged.recurring.length > 0 || judged.lineChanges.length > 0;
    const series = historyOf(subject.actual, reference, { until: end.period, grain: asked.grain, isScheduled });
    if (!series.ok) return { subject, judged, series: null, question: series };
    const options = optionsFor(judged, series.value, last, { calendar, grain: asked.grain });
    if (!options.ok) return { subject, judged, series: series.value, question: options };
    const question = { series: series.value, options: { horizon: ahead.length, calendar, today, ...options.value } };
    return { subject, judged, series: series.value, question: ok(question) };
  });
  const questions = prepared.flatMap(({ question }) => (question.ok ? [question.value] : []));
  const made = await workers.forecastAll(questions, { onprogress, signal });
  if (made === null) return null;

  let next = 0;
  const forecasted = prepared.map(({ subject, judged, series, question }): Forecasted => {
    const shown = {
      ...subject,
      judged,
      series,
      actual: gathered(subject.actual, calendar, asked.grain),
      planned: gathered(subject.planned, calendar, asked.grain),
      expected: new Map<PeriodKey, number>(),
    };
    if (!question.ok) return { ...shown, made: null, fault: question.error };
    const answer = made.answers[next];
    next += 1;
    return answer?.ok === true
      ? { ...shown, made: answer.value, fault: null }
      : { ...shown, made: null, fault: answer?.error ?? null };
  });
  const summed = addedUp(forecasted.slice(0, rows.length), forecasted.slice(rows.length), ahead);
  return {
    asked,
    currency: baseCurrency,
    until,
    isClosed: end.isClosed,
    ahead,
    ...summed,
    coverage: made.panel.coverage,
    tested: made.panel.errors,
    unconverted: cost.unconverted + revenue.unconverted,
    isExact: cost.isExact && revenue.isExact,
  };
}

interface Prepared {
  readonly subject: ForecastSubject;
  readonly judged: LineJudgements;
  readonly series: Series | null;
  readonly question: Result<ForecastQuestion, SeriesFault | ForecastFault>;
}

/** What is known counts in quarters too; adjustments and overrides are of periods, and count where these are forecast. */
function optionsFor(
  judged: LineJudgements,
  { periods }: Series,
  last: Period,
  { calendar, grain }: { readonly calendar: FiscalCalendar; readonly grain: Grain },
): ReturnType<typeof judgedOptions> {
  const start = periods[0]?.start ?? last.start;
  const counting = grain === 'period' ? judged : { ...judged, adjustments: [], overrides: [] };
  return judgedOptions(counting, calendarPeriods(calendar, start, last.end));
}

/** To the end of the year that is asked about, and at least a year ahead. */
function periodsAhead({ fiscalYear, grain }: ForecastsQuestion, { calendar }: Reference, until: Period): Period[] {
  const season = cutsOfYear(calendar, until.fiscalYear, grain).length;
  const ahead: Period[] = [];
  for (let next = nextCut(calendar, until, grain); ; next = nextCut(calendar, next, grain)) {
    if (ahead.length >= season && (next.fiscalYear > fiscalYear || ahead.length >= MOST_YEARS * season)) return ahead;
    ahead.push(next);
  }
}

/** Nobody plans further; a year far off would only be a wide range. */
const MOST_YEARS = 5;

function yearsBetween(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

/** Rounds what is expected so that the rows of a nature add up to its total. (RC2) */
function addedUp(
  rows: readonly Forecasted[],
  totals: readonly Forecasted[],
  ahead: readonly Period[],
): Pick<ForecastsAnswer, 'rows' | 'totals'> {
  const expected = new Map<Forecasted, ByPeriod>();
  const sums = new Map<Forecasted, ByPeriod>();
  for (const total of totals) {
    const parts = rows.filter(({ nature, made }) => nature === total.nature && made !== null);
    const figures = bottomUp(parts.map(({ made }) => made?.mean ?? []));
    if (!figures.ok) continue;
    parts.forEach((part, at) => expected.set(part, byPeriod(figures.value.lines[at] ?? [], ahead)));
    sums.set(total, byPeriod(figures.value.total, ahead));
  }
  return {
    rows: rows.map((row) => ({ ...row, expected: expected.get(row) ?? row.expected })),
    totals: totals.map((total) => ({ ...total, expected: sums.get(total) ?? total.expected })),
  };
}

function byPeriod(figures: readonly number[], periods: readonly Period[]): ByPeriod {
  return new Map(periods.map(({ key }, at) => [key, figures[at] ?? 0]));
}
