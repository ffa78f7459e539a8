/** A page that forecasts a workspace's series as the app does, and says how its frames went meanwhile. */
import { calendarPeriods, knownEvents } from '#lib/analysis/known-events/event.ts';
import { recurring } from '#lib/analysis/known-events/recurring.ts';
import { seriesOf } from '#lib/analysis/series/series.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { ForecastQuestion } from '#lib/workers/forecast-messages.ts';
import { startForecastWorkers } from '#lib/workers/start-forecast-workers.ts';
import { numbersFrom } from '../../../tests/support/seeded-numbers.ts';

export interface Run {
  readonly series: number;
  readonly failures: number;
  readonly wallMs: number;
  /** From one frame to the next, the longest. */
  readonly longestFrameMs: number;
  readonly framesPerSecond: number;
  /** The same questions once more. */
  readonly againMs: number;
  readonly againRemembered: number;
}

declare global {
  interface Window {
    prepare: (count: number) => void;
    run: (workers: number) => Promise<Run>;
  }
}

const calendar: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'start' };
const periods = calendarPeriods(calendar, '2020-01-01', '2026-12-31');
const months = periods.filter(({ end }) => end < '2026-01-01');
let questions: ForecastQuestion[] = [];

window.prepare = (count) => {
  questions = Array.from({ length: count }, (_, at) => questionOf(at));
};

window.run = async (count) => {
  const workers = startForecastWorkers(count);
  const bar = document.querySelector('progress');
  const frames: number[] = [];
  let isRunning = true;
  const frame = (time: number): void => {
    frames.push(time);
    if (isRunning) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const began = performance.now();
  const made = await workers.forecastAll(questions, {
    onprogress: ({ done, of }) => bar?.setAttribute('value', String(done / of)),
  });
  const wallMs = performance.now() - began;
  isRunning = false;
  let againRemembered = 0;
  const beganAgain = performance.now();
  await workers.forecastAll(questions, { onprogress: ({ remembered }) => (againRemembered = remembered) });
  const againMs = performance.now() - beganAgain;
  workers.close();
  const gaps = frames.slice(1).map((time, at) => time - (frames[at] ?? time));
  return {
    series: questions.length,
    failures: (made?.answers ?? []).filter((answer) => !answer.ok || !answer.value.mean.every(Number.isFinite)).length,
    wallMs,
    longestFrameMs: Math.max(...gaps),
    framesPerSecond: (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0),
    againMs,
    againRemembered,
  };
};

/** Two to six years of months: mostly with a season and noise, every eighth now and then, every fifth with a known rent. */
function questionOf(at: number): ForecastQuestion {
  const numbers = numbersFrom(at + 1);
  const length = 24 + 12 * (at % 5);
  const rare = at % 8 === 7;
  const rent = at % 5 === 0 ? 250_000 : 0;
  const level = 50_000 + Math.round(numbers() * 2_000_000);
  const points = months.slice(-length).map(({ key }, t) => {
    const swing = 1 + 0.2 * Math.sin((t * Math.PI) / 6) + 0.005 * t + 0.2 * (numbers() - 0.5);
    return { period: key, amount: rare && numbers() < 0.7 ? 0 : Math.round(level * swing) + rent, currency: 'EUR' };
  });
  const series = seriesOf(points, calendar);
  const entry = { id: 'rent', label: 'Rent', amount: rent, currency: 'EUR', first: '2020-01-15', last: null };
  const known = knownEvents([recurring([{ ...entry, every: { count: 1, unit: 'month' } }])], periods);
  if (!series.ok || !known.ok) throw new Error('no series');
  const options = { horizon: 12, calendar, today: '2026-01-20' };
  return { series: series.value, options: rent === 0 ? options : { ...options, known: known.value } };
}
