/** The page's end of the forecast workers: many series, a few at a time, so that the page stays free. */
import { wrap } from 'comlink';
import { withPanelReach } from '#lib/analysis/forecast/panel-reach.ts';
import { panelOf, type Panel } from '#lib/analysis/forecast/panel.ts';
import { forecastKey } from './forecast-key.ts';
import type { ForecastAnswer, ForecastQuestion } from './forecast-messages.ts';
import type { ForecastService } from './forecast.worker.ts';

export interface ForecastWorkers {
  /** Answers in the order of the questions, with ranges as wide as all of them together were off by; null when aborted. */
  readonly forecastAll: (questions: readonly ForecastQuestion[], how?: AskOptions) => Promise<Forecasts | null>;
  readonly close: () => void;
}

interface Forecasts {
  readonly answers: readonly ForecastAnswer[];
  readonly panel: Panel;
}

interface AskOptions {
  readonly onprogress?: (progress: ForecastProgress) => void;
  readonly signal?: AbortSignal;
}

export interface ForecastProgress {
  readonly done: number;
  readonly of: number;
  /** Of those done, how many had been asked before. */
  readonly remembered: number;
}

/** So many series are asked at once: about a tenth of a second, after which an abort is heard. */
const AT_ONCE = 4;
/** Answers that are remembered: those of a large workspace and of what was tried lately. */
const MOST_REMEMBERED = 4000;

/** One worker less than there are processors, two to four of them. */
export function startForecastWorkers(
  count = Math.max(2, Math.min(4, navigator.hardwareConcurrency - 1)),
): ForecastWorkers {
  const pool = Array.from({ length: count }, startWorker);
  const remembered = new Map<string, ForecastAnswer>();

  async function forecastAll(
    questions: readonly ForecastQuestion[],
    { onprogress, signal }: AskOptions = {},
  ): Promise<Forecasts | null> {
    const answers = new Array<ForecastAnswer | undefined>(questions.length);
    const progress = { done: 0, of: questions.length, remembered: 0 };
    let next = 0;

    async function work({ service, failed }: PooledWorker): Promise<void> {
      while (next < questions.length && signal?.aborted !== true) {
        const from = next;
        const until = Math.min(questions.length, from + AT_ONCE);
        next = until;
        const open: Open[] = [];
        questions.slice(from, until).forEach((question, order) => {
          const key = forecastKey(question);
          const known = remembered.get(key);
          if (known === undefined) open.push({ at: from + order, key, question });
          else answers[from + order] = known;
        });
        progress.remembered += until - from - open.length;
        if (open.length === 0) await pause();
        else {
          const made = await Promise.race([service.answer(open.map(({ question }) => question)), failed]);
          made.forEach((answer, order) => {
            const asked = open[order];
            if (asked === undefined) return;
            answers[asked.at] = answer;
            remember(remembered, asked.key, answer);
          });
        }
        progress.done += until - from;
        onprogress?.({ ...progress });
      }
    }
    await Promise.all(pool.map(work));
    return signal?.aborted === true ? null : inPanel(answers as ForecastAnswer[]);
  }
  return { forecastAll, close: () => pool.forEach(({ worker }) => worker.terminate()) };
}

/** A question that nobody has asked before. */
interface Open {
  readonly at: number;
  readonly key: string;
  readonly question: ForecastQuestion;
}

type PooledWorker = ReturnType<typeof startWorker>;

function startWorker() {
  const worker = new Worker(new URL('./forecast.worker.ts', import.meta.url), { type: 'module', name: 'forecast' });
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error('A forecast worker stopped', { cause: event.error })));
  });
  // Told to whoever is waiting for an answer.
  failed.catch(() => undefined);
  return { worker, service: wrap<ForecastService>(worker), failed };
}

/** What was asked longest ago is forgotten first. */
function remember(remembered: Map<string, ForecastAnswer>, key: string, answer: ForecastAnswer): void {
  remembered.set(key, answer);
  if (remembered.size <= MOST_REMEMBERED) return;
  const [oldest] = remembered.keys();
  if (oldest !== undefined) remembered.delete(oldest);
}

/** Widens or narrows ranges by what all forecasts together were off by, some at a time. (FC8) */
async function inPanel(answers: readonly ForecastAnswer[]): Promise<Forecasts> {
  const errors = answers.map((answer) => (answer.ok ? (answer.value.backtest?.errorsInSpreads ?? []) : []));
  const panel = panelOf(errors);
  const ranged: ForecastAnswer[] = [];
  for (const answer of answers) {
    ranged.push(answer.ok ? { ok: true, value: withPanelReach(answer.value, panel.reach) } : answer);
    if (ranged.length % 50 === 0) await pause();
  }
  return { answers: ranged, panel };
}

/** Lets the page draw; a timer of no length waits four milliseconds when many follow each other. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
