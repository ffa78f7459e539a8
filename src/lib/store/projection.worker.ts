/** Wiring only: the projection host behind a worker's messages. */
import { expose } from 'comlink';
import { newId } from '#lib/domain/id.ts';
import { ProjectionHost } from './projection-host.ts';
import type { ProjectionWorker } from './projection-worker.ts';

let host: ProjectionHost | null = null;

function opened(): ProjectionHost {
  if (host === null) throw new Error('Cannot happen: a question before the projections were opened');
  return host;
}

const worker: ProjectionWorker = {
  async open(database, options, onchange, onfault) {
    host = new ProjectionHost(database, { newId, now: () => new Date().toISOString(), onchange, onfault });
    return host.open(options);
  },
  visible: (isVisible) => opened().visible(isVisible),
  shared: () => opened().shared(),
  settled: () => opened().settled(),
  close: async () => {
    await opened().close();
    close();
  },
  report: (query) => opened().questions.report(query),
  largest: (query) => opened().questions.largest(query),
  movers: (query) => opened().questions.movers(query),
  list: (query) => opened().questions.list(query),
  rowsByIds: (ids) => opened().questions.rowsByIds(ids),
  byFingerprint: (fingerprints) => opened().questions.byFingerprint(fingerprints),
  rowsOfBatch: (batchId) => opened().questions.rowsOfBatch(batchId),
  rowsOfExpense: (expenseId) => opened().questions.rowsOfExpense(expenseId),
  knownLike: (sought) => opened().questions.knownLike(sought),
  lines: (version) => opened().questions.lines(version),
  reference: (collection) => opened().questions.reference(collection),
  conflicts: () => opened().questions.conflicts(),
  overview: () => opened().questions.overview(),
  overviewOf: (fiscalYear) => opened().questions.overviewOf(fiscalYear),
};

expose(worker);
