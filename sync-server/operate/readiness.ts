/** Whether this server can keep what it is sent: asked by load balancers, often, by anybody. */
import type { Storage } from '../storage/storage.ts';
import type { WriteState } from '../workspace/committer.ts';

export interface ReadinessOptions {
  readonly storage: Pick<Storage, 'probe'>;
  readonly state: () => WriteState;
  readonly isDraining: () => boolean;
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
}

/** A probe writes to disk: however often it is asked for, once in so many milliseconds is enough. */
const PROBE_EVERY_MS = 1000;
const PROBE_WITHIN_MS = 2000;

/** Gives why nobody should be sent here, or null. */
export function readiness({ storage, state, isDraining, clock }: ReadinessOptions): () => Promise<string | null> {
  let probed: { readonly at: number; readonly failure: Promise<string | null> } | null = null;
  return async () => {
    if (isDraining()) return 'stopping';
    if (state() !== 'writable') return state();
    if (probed === null || clock() - probed.at > PROBE_EVERY_MS) probed = { at: clock(), failure: failureOf(storage) };
    return probed.failure;
  };
}

async function failureOf(storage: Pick<Storage, 'probe'>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('the storage does not answer'), PROBE_WITHIN_MS);
  });
  const written = storage.probe().then(
    () => null,
    () => 'the storage cannot be written',
  );
  const failure = await Promise.race([written, late]);
  clearTimeout(timer);
  return failure;
}
