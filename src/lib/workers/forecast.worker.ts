/** Wiring: a handful of questions in, as many answers out. */
import { expose } from 'comlink';
import { forecast } from '#lib/analysis/forecast/forecast.ts';
import type { ForecastAnswer, ForecastQuestion } from './forecast-messages.ts';

/** What the page sees of a worker. */
export interface ForecastService {
  readonly answer: (questions: readonly ForecastQuestion[]) => Promise<readonly ForecastAnswer[]>;
}

const service: ForecastService = {
  answer: (questions) => Promise.resolve(questions.map(({ series, options }) => forecast(series, options))),
};

expose(service);
