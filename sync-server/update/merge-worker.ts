/** A thread that merges updates, so that the one that answers devices does not wait for it. */
import { parentPort } from 'node:worker_threads';
import { mergeUpdates } from './merge-updates.ts';
import type { MergeAnswer, MergeQuestion } from './merge-off-thread.ts';

parentPort?.on('message', ({ id, updates }: MergeQuestion) => {
  parentPort?.postMessage({ id, ...merged(updates) } satisfies MergeAnswer);
});

function merged(updates: readonly Uint8Array[]): Omit<MergeAnswer, 'id'> {
  try {
    return { merged: mergeUpdates(updates), fault: null };
  } catch (cause) {
    return { merged: null, fault: String(cause) };
  }
}
