/** The page's end of the import worker. */
import { proxy, wrap } from 'comlink';
import type { ImportService } from './import.worker.ts';
import type { ImportAnswer, ImportProgress, ImportQuestion } from './import-messages.ts';

export interface ImportWorker {
  /** An aborted question is answered `cancelled`. */
  readonly ask: (question: ImportQuestion, options?: AskOptions) => Promise<ImportAnswer>;
  readonly close: () => void;
}

interface AskOptions {
  readonly onprogress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
}

export function startImportWorker(): ImportWorker {
  const worker = new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' });
  const service = wrap<ImportService>(worker);
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error('The import worker stopped', { cause: event.error })));
  });
  failed.catch(ignore);
  let questions = 0;
  return {
    async ask(question, { onprogress = ignore, signal } = {}) {
      const id = (questions += 1);
      const cancel = (): void => void service.cancel(id);
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        return await Promise.race([service.ask(id, question, proxy(onprogress)), failed]);
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    close: () => worker.terminate(),
  };
}

function ignore(): void {
  // Nobody asked to hear of it.
}
