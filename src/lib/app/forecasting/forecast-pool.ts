/** The forecast workers of this tab: started when first asked, shared by its pages, so that answers are remembered. */
import { startForecastWorkers, type ForecastWorkers } from '#lib/workers/start-forecast-workers.ts';

let running: ForecastWorkers | null = null;

export function forecastPool(): Pick<ForecastWorkers, 'forecastAll'> {
  running ??= startForecastWorkers();
  return running;
}

/** Lets go of workers that stopped: the next question starts new ones. */
export function closeForecastPool(): void {
  running?.close();
  running = null;
}
