/** What a page may ask of its projection worker, and how it starts one. Ask through comlink: every answer is a promise. */
import { wrap, type Remote } from 'comlink';
import type { Result } from '#lib/domain/result.ts';
import type { StoreFailure } from './failure.ts';
import type { OpenOptions, ProjectionHost } from './projection-host.ts';
import type { ProjectionQuestions } from './projection-questions.ts';

type Questions = Pick<
  ProjectionQuestions,
  | 'report'
  | 'largest'
  | 'movers'
  | 'list'
  | 'rowsByIds'
  | 'byFingerprint'
  | 'rowsOfBatch'
  | 'rowsOfExpense'
  | 'knownLike'
  | 'lines'
  | 'conflicts'
  | 'overview'
  | 'overviewOf'
  | 'reference'
>;

export interface ProjectionWorker extends Questions, Pick<ProjectionHost, 'visible' | 'shared' | 'settled' | 'close'> {
  /** Before anything else. Pass callbacks by `proxy` of comlink. */
  open(
    database: string,
    options: OpenOptions,
    onchange: () => void,
    onfault: (fault: unknown) => void,
  ): Promise<Result<null, StoreFailure>>;
}

/** Starts the worker; end it by `close`. */
export function startProjectionWorker(): Remote<ProjectionWorker> {
  return wrap<ProjectionWorker>(
    new Worker(new URL('./projection.worker.ts', import.meta.url), { type: 'module', name: 'projections' }),
  );
}
