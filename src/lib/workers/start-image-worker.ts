/** The page's end of the image worker, which is started with the first picture and ends with `close`. */
import { releaseProxy, wrap, type Remote } from 'comlink';
import type { ImageWorker } from './image.worker.ts';
import type { ShrunkImage } from './shrink-image.ts';

export interface ImageShrinker {
  /** Null when the bytes are no picture that this browser reads. */
  readonly shrink: (file: Blob) => Promise<ShrunkImage | null>;
  readonly close: () => void;
}

export function imageShrinker(): ImageShrinker {
  let started: { readonly worker: Worker; readonly service: Remote<ImageWorker> } | null = null;

  function start(): NonNullable<typeof started> {
    const worker = new Worker(new URL('./image.worker.ts', import.meta.url), { type: 'module', name: 'images' });
    return { worker, service: wrap<ImageWorker>(worker) };
  }
  return {
    shrink(file) {
      started ??= start();
      const { worker, service } = started;
      const failed = new Promise<never>((_, reject) => {
        worker.onerror = (event) => reject(new Error('The image worker stopped', { cause: event.error }));
      });
      return Promise.race([service.shrinkImage(file), failed]);
    },
    close() {
      started?.service[releaseProxy]();
      started?.worker.terminate();
      started = null;
    },
  };
}
