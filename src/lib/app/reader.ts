/** The page's side of the projection worker: questions wait until it has its projections, and faults are told. */
import { proxy } from 'comlink';
import type { ReferenceCollections } from '#lib/store/reference-mirror.ts';
import { startProjectionWorker, type ProjectionWorker } from '#lib/store/projection-worker.ts';

type Questions = Omit<ProjectionWorker, 'open' | 'visible' | 'shared' | 'settled' | 'close' | 'reference'>;

/** Every question of the worker, answered later. */
export type Reader = {
  readonly [Q in keyof Questions]: (...asked: Parameters<Questions[Q]>) => Promise<Awaited<ReturnType<Questions[Q]>>>;
} & {
  reference<C extends keyof ReferenceCollections>(collection: C): Promise<readonly ReferenceCollections[C][]>;
  /** Resolves when everything stored so far is in the projections. */
  settled(): Promise<void>;
  /** The workspace has a server from now on. */
  shared(): Promise<void>;
  close(): Promise<void>;
};

export interface ReaderOptions {
  readonly isShared: boolean;
  /** Rows or totals changed: ask again. */
  readonly onchange: () => void;
  readonly onfault: (fault: unknown) => void;
}

export function openReader(database: string, { isShared, onchange, onfault }: ReaderOptions): Reader {
  const worker = startProjectionWorker();
  const opened = worker.open(database, { isShared }, proxy(onchange), proxy(onfault)).then((result) => {
    if (!result.ok) onfault(result.error);
  });
  const tellVisible = (): void => void worker.visible(document.visibilityState === 'visible');
  void opened.then(tellVisible);
  document.addEventListener('visibilitychange', tellVisible);

  return {
    report: async (query) => (await opened, worker.report(query)),
    largest: async (query) => (await opened, worker.largest(query)),
    movers: async (query) => (await opened, worker.movers(query)),
    list: async (query) => (await opened, worker.list(query)),
    rowsByIds: async (ids) => (await opened, worker.rowsByIds(ids)),
    byFingerprint: async (fingerprints) => (await opened, worker.byFingerprint(fingerprints)),
    rowsOfBatch: async (batchId) => (await opened, worker.rowsOfBatch(batchId)),
    rowsOfExpense: async (expenseId) => (await opened, worker.rowsOfExpense(expenseId)),
    knownLike: async (sought) => (await opened, worker.knownLike(sought)),
    lines: async (version) => (await opened, worker.lines(version)),
    reference: async <C extends keyof ReferenceCollections>(collection: C) => {
      await opened;
      return (await worker.reference(collection)) as unknown as readonly ReferenceCollections[C][];
    },
    conflicts: async () => (await opened, worker.conflicts()),
    overview: async () => (await opened, worker.overview()),
    overviewOf: async (fiscalYear) => (await opened, worker.overviewOf(fiscalYear)),
    settled: async () => (await opened, worker.settled()),
    shared: async () => (await opened, worker.shared()),
    close: async () => {
      document.removeEventListener('visibilitychange', tellVisible);
      await opened;
      await worker.close();
    },
  };
}
