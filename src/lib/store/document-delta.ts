/** What a document's records say to projections: those of some ids, or all of them. */
import type { Doc, Transaction } from 'yjs';
import { nameFromText, type DocumentName } from '#lib/documents/document-name.ts';
import {
  openAnalysis,
  openApprovals,
  openCore,
  openDecisions,
  openInbox,
  openLedger,
  openPlan,
  openReturns,
} from '#lib/documents/documents.ts';
import type { PlannedDriver } from '#lib/domain/budget/driver.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { openScenario } from '#lib/documents/scenario.ts';
import type { Identified, Unreadable } from '#lib/documents/record-schema.ts';
import type { Table } from '#lib/documents/record-table.ts';
import type { ReturnMark, TrailChange } from './trail.ts';

export interface DocumentDelta {
  readonly trails: TrailChange[];
  /** Null where the line is gone. */
  readonly lines: Map<string, PlannedLine | null>;
  /** Of plans; null where the driver is gone. */
  readonly drivers: Map<string, PlannedDriver | null>;
  readonly reference: ReferenceChange[];
}

/** A record that others refer to by its id (a category, a rate, an import batch), or null where it is gone. */
interface ReferenceChange {
  readonly collection: string;
  readonly id: string;
  readonly record: Identified | null;
}

/** Made once for each open document: its tables remember what they could not read. */
export interface DeltaReader {
  all(): DocumentDelta;
  /** Null when only reading all can tell: an entry is gone, and nothing says whose it was. */
  of(touched: Touched): DocumentDelta | null;
  touchedBy(transaction: Transaction): Touched;
  unreadable(): readonly Unreadable[];
}

/** Ids by collection. */
export type Touched = ReadonlyMap<string, ReadonlySet<string>>;

export function deltaReader(name: string, doc: Doc): DeltaReader {
  const readings = readingsOf(name, doc);
  return {
    all() {
      const delta = emptyDelta();
      for (const reading of readings) reading.all(delta);
      return delta;
    },
    of(touched) {
      const delta = emptyDelta();
      const isWhole = readings.every((reading) => reading.of(delta, touched.get(reading.collection) ?? new Set()));
      return isWhole ? delta : null;
    },
    touchedBy: (transaction) => new Map(readings.map((reading) => [reading.collection, reading.touched(transaction)])),
    unreadable: () => readings.flatMap((reading) => reading.unreadable()),
  };
}

function emptyDelta(): DocumentDelta {
  return { trails: [], lines: new Map(), drivers: new Map(), reference: [] };
}

interface Reading {
  readonly collection: string;
  readonly all: (into: DocumentDelta) => void;
  /** False when a record that is gone cannot be told by its id. */
  readonly of: (into: DocumentDelta, ids: ReadonlySet<string>) => boolean;
  readonly touched: (transaction: Transaction) => ReadonlySet<string>;
  readonly unreadable: () => readonly Unreadable[];
}

function readingsOf(name: string, doc: Doc): readonly Reading[] {
  const named = nameFromText(name);
  switch (named?.kind) {
    case 'core': {
      const { workspace, ...tables } = openCore(doc);
      const rest: readonly Table<Identified>[] = Object.values(tables);
      return [reference(workspace, 'settings'), ...rest.map((table) => reference(table))];
    }
    case 'decisions': {
      const { returned, ...tables } = openDecisions(doc);
      const mirrored: readonly Table<Identified>[] = Object.values(tables);
      return [...mirrored.map((table) => reference(table)), comingBack(name, returned)];
    }
    case 'returns':
      return [comingBack(name, openReturns(doc).returned)];
    case 'inbox': {
      const { expenses, batches } = openInbox(doc);
      const captured = reading(expenses, (into, id, expense) => {
        into.trails.push({ id, document: name, part: 'captured', expense: expense ?? null });
        return true;
      });
      return [captured, reference(batches)];
    }
    case 'ledger':
      return [
        reading(openLedger(doc).entries, (into, _id, entry) => {
          if (entry === undefined) return false;
          into.trails.push({ id: entry.expenseId, document: name, part: 'entry', entry });
          return true;
        }),
      ];
    case 'plan': {
      const { lines, drivers } = openPlan(doc);
      return [
        reading(lines, (into, id, line) => {
          into.lines.set(id, line ?? null);
          return true;
        }),
        reading(drivers, (into, id, driver) => {
          into.drivers.set(id, driver ?? null);
          return true;
        }),
      ];
    }
    case 'scenario':
      return ofScenario(named, openScenario(doc));
    case 'approvals': {
      const { requests, askings } = openApprovals(doc);
      return [reference(requests), reference(askings)];
    }
    case 'analysis': {
      // What was published is large and needed by one page only, which reads it from the document.
      const { recurring, lineChanges, adjustments, overrides, methods, publications } = openAnalysis(doc);
      return [
        placed(name, recurring),
        placed(name, lineChanges),
        placed(name, adjustments),
        placed(name, overrides),
        placed(name, methods),
        placed(name, publications),
      ];
    }
    case 'talk':
    case undefined:
      return [];
  }
}

/** Ids are those of drivers and areas too, which other scenarios have as well: the mirror's say of which part they are. */
function ofScenario(
  { scenario, area }: Extract<DocumentName, { kind: 'scenario' }>,
  tables: ReturnType<typeof openScenario>,
): readonly Reading[] {
  const mirrored = {
    scenarios: tables.heads,
    scenarioChanges: tables.changes,
    scenarioAssumptions: tables.assumptions,
    scenarioDistributions: tables.distributions,
    scenarioCorrelations: tables.correlations,
  };
  return Object.entries(mirrored).map(([collection, table]) =>
    reading(table as Table<Identified>, (into, id, record) => {
      const inPart = record === undefined ? null : { ...record, scenario, area };
      into.reference.push({ collection, id: `${scenario}/${area}/${id}`, record: inPart });
      return true;
    }),
  );
}

function comingBack(document: string, table: Table<Identified & ReturnMark>): Reading {
  return reading(table, (into, id, mark) => {
    into.trails.push({ id, document, part: 'returned', returned: mark ?? null });
    return true;
  });
}

/** With the document it stands in, so that records of one id in several documents are all there. */
function placed<R extends Identified>(document: string, table: Table<R>): Reading {
  return reading(table, (into, id, record) => {
    const placedRecord = record === undefined ? null : { ...record, document };
    into.reference.push({ collection: table.collection, id: `${document} ${id}`, record: placedRecord });
    return true;
  });
}

/** `as` names the collection among the references, where another document has one of the same name. */
function reference<R extends Identified>(table: Table<R>, as = table.collection): Reading {
  return reading(table, (into, id, record) => {
    into.reference.push({ collection: as, id, record: record ?? null });
    return true;
  });
}

function reading<R extends Identified>(
  table: Table<R>,
  add: (into: DocumentDelta, id: string, record: R | undefined) => boolean,
): Reading {
  return {
    collection: table.collection,
    all(into) {
      for (const record of table.all()) add(into, record.id, record);
    },
    of: (into, ids) => [...ids].every((id) => add(into, id, table.get(id))),
    touched: (transaction) => table.changed(transaction),
    unreadable: () => table.unreadable(),
  };
}
