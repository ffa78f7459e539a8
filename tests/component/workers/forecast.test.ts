import { expect, test } from 'vitest';
import { forecast, type Forecast } from '#lib/analysis/forecast/forecast.ts';
import type { ForecastQuestion } from '#lib/workers/forecast-messages.ts';
import {
  startForecastWorkers,
  type ForecastProgress,
  type ForecastWorkers,
} from '#lib/workers/start-forecast-workers.ts';
import { makeSeries, monthsOfYear, noisyMonths } from '#tests/support/make-series.ts';

const options = { horizon: 12, calendar: monthsOfYear, today: '2026-01-20' };
const asked = (count: number, from = 1): ForecastQuestion[] =>
  Array.from({ length: count }, (_, at) => ({ series: makeSeries(noisyMonths(from + at)), options }));

type Made = Awaited<ReturnType<ForecastWorkers['forecastAll']>>;

function answerAt(made: Made, at: number): Forecast {
  const answer = made?.answers[at];
  if (answer?.ok !== true) throw new Error('no forecast');
  return answer.value;
}

async function withWorkers<T>(use: (workers: ForecastWorkers) => Promise<T>): Promise<T> {
  const workers = startForecastWorkers(2);
  try {
    return await use(workers);
  } finally {
    workers.close();
  }
}

test('FC17: many series are answered off the page as they are on it, in their order, with progress', async () => {
  await withWorkers(async (workers) => {
    const questions = asked(30);
    const steps: ForecastProgress[] = [];
    const made = await workers.forecastAll(questions, { onprogress: (step) => steps.push(step) });
    expect(steps.at(-1)).toEqual({ done: 30, of: 30, remembered: 0 });
    expect(steps.length).toBeGreaterThan(5);
    const reach = made?.panel.reach(80) ?? NaN;
    questions.forEach(({ series }, at) => {
      const alone = forecast(series, options);
      if (!alone.ok) throw new Error('no forecast');
      const { mean, candidates, intervals } = answerAt(made, at);
      expect(mean).toEqual(alone.value.mean);
      expect(candidates).toEqual(alone.value.candidates);
      // Thirty series have more than a hundred errors between them: ranges reach as far as these say.
      const [next = NaN] = alone.value.mean;
      const [spread = NaN] = alone.value.spread ?? [];
      expect(intervals[1]?.upper[0]).toBeCloseTo(next + reach * spread, 4);
    });
    expect(made?.panel.errors).toBeGreaterThan(100);
  });
});

test('FC18: what was asked before is not worked out again; a changed figure is', async () => {
  await withWorkers(async (workers) => {
    const first = await workers.forecastAll(asked(12));
    const steps: ForecastProgress[] = [];
    const again = await workers.forecastAll([...asked(12), ...asked(1, 99)], {
      onprogress: (step) => steps.push(step),
    });
    expect(steps.at(-1)).toEqual({ done: 13, of: 13, remembered: 12 });
    expect(answerAt(again, 11).mean).toEqual(answerAt(first, 11).mean);
  });
});

test('FC17: an abort is heard within a few series, and what was answered is kept', async () => {
  await withWorkers(async (workers) => {
    const abort = new AbortController();
    const steps: ForecastProgress[] = [];
    const made = await workers.forecastAll(asked(200), {
      signal: abort.signal,
      onprogress(step) {
        steps.push(step);
        abort.abort();
      },
    });
    expect(made).toBeNull();
    expect(steps.at(-1)?.done).toBeLessThanOrEqual(8);
    const after: ForecastProgress[] = [];
    expect(await workers.forecastAll(asked(4), { onprogress: (step) => after.push(step) })).not.toBeNull();
    expect(after.at(-1)?.remembered).toBeGreaterThan(0);
  });
});

test('FC17: a series that cannot be forecast is refused for itself alone', async () => {
  await withWorkers(async (workers) => {
    const bad = asked(1).map(({ series }) => ({ series, options: { ...options, horizon: 0 } }));
    const made = await workers.forecastAll([...asked(1), ...bad]);
    expect(made?.answers.map(({ ok }) => ok)).toEqual([true, false]);
  });
});
