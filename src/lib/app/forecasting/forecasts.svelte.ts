/** The forecasts that a page shows: asked of the workers, with progress; a newer question takes the place of an older one. */
import type { ForecastProgress } from '#lib/workers/start-forecast-workers.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { askForecasts, type ForecastsAnswer, type ForecastsQuestion } from './ask-forecasts.ts';
import { closeForecastPool, forecastPool } from './forecast-pool.ts';

export class Forecasts {
  readonly #workspace: Pick<Workspace, 'reader' | 'reference' | 'nowIso'>;
  #answer = $state.raw<ForecastsAnswer>();
  #progress = $state.raw<ForecastProgress | null>(null);
  #failed = $state.raw<unknown>();
  #asking: AbortController | null = null;

  constructor(workspace: Pick<Workspace, 'reader' | 'reference' | 'nowIso'>) {
    this.#workspace = workspace;
  }

  /** The newest whole answer, which an older question may have had; undefined before there is one. */
  get answer(): ForecastsAnswer | undefined {
    return this.#answer;
  }

  /** How far the workers are; null while nothing is asked. */
  get progress(): ForecastProgress | null {
    return this.#progress;
  }

  /** What went wrong with the newest question. */
  get failed(): unknown {
    return this.#failed;
  }

  /** Asks in place of what was asked before. Resolves when it is answered, cancelled or has failed. */
  async ask(question: ForecastsQuestion): Promise<void> {
    const { reader, reference } = this.#workspace;
    this.cancel();
    if (reference === null) return;
    const asking = new AbortController();
    this.#asking = asking;
    const { signal } = asking;
    try {
      const answer = await askForecasts(question, {
        reader,
        reference,
        today: this.#workspace.nowIso().slice(0, 10),
        workers: forecastPool(),
        onprogress: (progress) => {
          if (!signal.aborted) this.#progress = progress;
        },
        signal,
      });
      if (signal.aborted || answer === null) return;
      this.#answer = answer;
      this.#failed = undefined;
    } catch (cause) {
      // Workers that stopped answer nobody any more.
      closeForecastPool();
      if (!signal.aborted) this.#failed = cause;
    } finally {
      if (this.#asking === asking) {
        this.#progress = null;
        this.#asking = null;
      }
    }
  }

  /** Gives up what is being asked; the answer before it stays, and what was worked out is remembered. */
  cancel(): void {
    this.#asking?.abort();
    this.#asking = null;
    this.#progress = null;
  }
}
