/** The page's end of the simulation workers: one plan at a time, its paths dealt out to all of them. */
import { transfer, wrap } from 'comlink';
import type { ChunkResult } from '#lib/analysis/simulation/simulate.ts';
import type { RiskAnswer, SimulationQuestion } from './simulation-messages.ts';
import type { SimulationService } from './simulation.worker.ts';

export interface SimulationWorkers {
  /** The same answer to the last bit from any number of workers; null when aborted. */
  readonly simulate: (question: SimulationQuestion, how?: AskOptions) => Promise<RiskAnswer | null>;
  readonly close: () => void;
}

interface AskOptions {
  readonly onprogress?: (progress: SimulationProgress) => void;
  readonly signal?: AbortSignal;
}

export interface SimulationProgress {
  readonly done: number;
  readonly of: number;
}

/** Pieces that are asked for at once; an abort is heard between them. */
const AT_ONCE = 2;

/** One worker less than there are processors, two to four of them. */
export function startSimulationWorkers(
  count = Math.max(2, Math.min(4, navigator.hardwareConcurrency - 1)),
): SimulationWorkers {
  const first = startWorker();
  const pool = [first, ...Array.from({ length: count - 1 }, startWorker)];
  let lastId = 0;

  async function simulate(
    question: SimulationQuestion,
    { onprogress, signal }: AskOptions = {},
  ): Promise<RiskAnswer | null> {
    const id = (lastId += 1);
    try {
      const begun = await Promise.all(
        pool.map(({ service, failed }) => Promise.race([service.begin(id, question), failed])),
      );
      const [pieces] = begun;
      if (pieces?.ok !== true) return pieces ?? null;
      const results = await runAll(id, pieces.value, onprogress, signal);
      if (results === null) return null;
      const { service, failed } = first;
      const buffers = results.flatMap(({ outputs }) => outputs.map(({ buffer }) => buffer as ArrayBuffer));
      return await Promise.race([service.finish(id, transfer(results, buffers)), failed]);
    } finally {
      for (const { service } of pool) void service.forget(id);
    }
  }

  async function runAll(
    id: number,
    pieces: number,
    onprogress: AskOptions['onprogress'],
    signal: AbortSignal | undefined,
  ): Promise<ChunkResult[] | null> {
    const results = new Array<ChunkResult>(pieces);
    let [next, done] = [0, 0];
    await Promise.all(
      pool.map(async ({ service, failed }) => {
        while (next < pieces && signal?.aborted !== true) {
          const from = next;
          next = Math.min(pieces, from + AT_ONCE);
          const until = next;
          const made = await Promise.race([service.run(id, from, until), failed]);
          made.forEach((result, at) => (results[from + at] = result));
          done += until - from;
          onprogress?.({ done, of: pieces });
        }
      }),
    );
    return signal?.aborted === true ? null : results;
  }

  return { simulate, close: () => pool.forEach(({ worker }) => worker.terminate()) };
}

function startWorker() {
  const worker = new Worker(new URL('./simulation.worker.ts', import.meta.url), { type: 'module', name: 'simulation' });
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) =>
      reject(new Error('A simulation worker stopped', { cause: event.error })),
    );
  });
  // Told to whoever is waiting for an answer.
  failed.catch(() => undefined);
  return { worker, service: wrap<SimulationService>(worker), failed };
}
