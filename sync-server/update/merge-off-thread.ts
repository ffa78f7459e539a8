/** Merging many updates on another thread: one for the process, started when there is first something to merge. */
import { Worker } from 'node:worker_threads';
import { mergeUpdates } from './merge-updates.ts';

export interface MergeQuestion {
  readonly id: number;
  readonly updates: readonly Uint8Array[];
}

export interface MergeAnswer {
  readonly id: number;
  readonly merged: Uint8Array | null;
  readonly fault: string | null;
}

/** What is merged faster than it is handed over. */
const FEW_BYTES = 16 * 1024;

/** The updates as one. */
export async function mergeOffThread(updates: readonly Uint8Array[]): Promise<Uint8Array> {
  const bytes = updates.reduce((sum, update) => sum + update.length, 0);
  return updates.length < 2 || bytes < FEW_BYTES ? mergeUpdates(updates) : thread.merge(updates);
}

class MergeThread {
  #worker: Worker | null = null;
  #lastId = 0;
  readonly #waiting = new Map<number, { resolve: (merged: Uint8Array) => void; reject: (cause: Error) => void }>();

  merge(updates: readonly Uint8Array[]): Promise<Uint8Array> {
    this.#lastId += 1;
    const id = this.#lastId;
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // Whoever waits keeps the process alive; a thread that nobody waits for does not.
      worker.ref();
      worker.postMessage({ id, updates } satisfies MergeQuestion);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./merge-worker.ts', import.meta.url));
    worker.on('message', (answer: MergeAnswer) => this.#answered(worker, answer));
    worker.on('error', (cause) => this.#ended(cause));
    worker.on('exit', () => this.#ended(new Error('the merging thread ended')));
    return worker;
  }

  #answered(worker: Worker, { id, merged, fault }: MergeAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) worker.unref();
    if (merged === null) waiting?.reject(new Error(fault ?? 'updates could not be merged'));
    else waiting?.resolve(merged);
  }

  /** The next who asks gets another thread. */
  #ended(cause: unknown): void {
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error('the merging thread failed', { cause }));
    this.#waiting.clear();
  }
}

const thread = new MergeThread();
