/** Wiring: questions in, answers out, and a cancel that is heard between steps. */
import { expose } from 'comlink';
import { answerImport } from './import.ts';
import type { ImportAnswer, ImportProgress, ImportQuestion } from './import-messages.ts';

/** What the page sees of the worker. */
export interface ImportService {
  readonly ask: (
    id: number,
    question: ImportQuestion,
    onprogress: (progress: ImportProgress) => void,
  ) => Promise<ImportAnswer>;
  readonly cancel: (id: number) => void;
}

const cancelled = new Set<number>();
const service: ImportService = {
  ask: (id, question, onprogress) =>
    answerImport(question, {
      onprogress,
      isCancelled: async () => {
        await nextMessage();
        return cancelled.delete(id);
      },
    }),
  cancel: (id) => void cancelled.add(id),
};

/** Lets waiting messages be handled; a timer would wait four milliseconds each time. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

expose(service);
