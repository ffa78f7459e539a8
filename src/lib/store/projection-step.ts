/** One step of the projections: what a document says now goes to every table it concerns, in one transaction. (S22) */
import type { Conflict } from '#lib/documents/conflicts.ts';
import { nameFromText } from '#lib/documents/document-name.ts';
import { encodeChunk } from './chunk-codec.ts';
import { editColumns, type ColumnChange } from './column-edit.ts';
import type { ColumnRow } from './columns.ts';
import type { Database, Projection, StoredDriver, StoredLine } from './database.ts';
import type { DocumentDelta } from './document-delta.ts';
import type { ProjectionContext } from './projection-context.ts';
import { noteSteps, stepsOn } from './projection-format.ts';
import type { ProjectionMemory } from './projection-memory.ts';
import { documentNamed } from './quarantine.ts';
import type { RowId } from './row-id.ts';
import type { ProjectionStep } from './tabs.ts';
import {
  changeTrail,
  columnRowsOf,
  emptyTrail,
  isEmpty,
  rowPlacesOf,
  withoutDocument,
  type ExpenseTrail,
  type TrailChange,
} from './trail.ts';

export interface StepContent {
  readonly projection: Projection;
  /** The projection this step goes on from. */
  readonly before: Projection | undefined;
  readonly delta: DocumentDelta;
  /** Whether the delta is all there is: then whatever else the projections hold of the document goes. */
  readonly isAfresh: boolean;
  readonly conflicts: readonly Conflict[];
}

/** Writes a step and brings memory along; rejects when something else wrote in between, and nothing is on disk. */
export function writeStep(database: Database, memory: ProjectionMemory, content: StepContent): Promise<ProjectionStep> {
  const { projections, trails, columns, lines, reference, conflicts, figures, documents } = database;
  const tables = [projections, trails, columns, lines, reference, conflicts, figures, documents];
  return database.transaction('rw', tables, async () => {
    await checkNothingElseWrote(database, memory, content);
    const contextBefore = memory.reference.context();
    const hasReference = await writeReference(database, memory, content);
    const hasLines = await writeLines(database, memory, content);
    await writeConflicts(database, content);
    const context = memory.reference.context();
    const changes = await writeTrails(database, content, context);
    if (!isSameContext(contextBefore, context)) await recount(database, changes, context);
    const chunks = await writeColumns(database, memory, changes);
    await projections.put(content.projection);
    const number = memory.step + 1;
    await noteSteps(database, number);
    memory.stepped(number);
    return { number, chunks, hasReference, lines: hasLines ? [content.projection.document] : [] };
  });
}

/** A step that went on from what is no longer on disk. */
export class WrittenByAnother extends Error {}

/**
 * Each row of the log goes into the projections once, and each step goes on from the one before it: two workers that both
 * believe to hold the lock cannot both write.
 */
async function checkNothingElseWrote(
  database: Database,
  memory: ProjectionMemory,
  { projection, before }: StepContent,
): Promise<void> {
  const known = await database.projections.get(projection.document);
  const { epoch } = await documentNamed(database, projection.document);
  const isSame = known?.upTo === before?.upTo && known?.epoch === before?.epoch && epoch === projection.epoch;
  if (isSame && (await stepsOn(database)) === memory.step) return;
  throw new WrittenByAnother(`projections of ${projection.document} were written by somebody else`);
}

async function writeReference(database: Database, memory: ProjectionMemory, content: StepContent): Promise<boolean> {
  const { document } = content.projection;
  const changes = content.delta.reference;
  if (content.isAfresh) {
    const old = await database.reference
      .where('[document+collection+id]')
      .between([document], [document, []])
      .toArray();
    for (const { collection, id } of old) memory.reference.remove(collection, id);
    await database.reference.bulkDelete(old.map(({ collection, id }) => [document, collection, id]));
  }
  const removed = changes.filter(({ record }) => record === null);
  const put = changes.flatMap(({ record, ...rest }) => (record === null ? [] : [{ document, ...rest, record }]));
  for (const { collection, id } of removed) memory.reference.remove(collection, id);
  for (const record of put) memory.reference.put(record);
  await database.reference.bulkDelete(removed.map(({ collection, id }) => [document, collection, id]));
  await database.reference.bulkPut(put);
  return changes.length > 0 || content.isAfresh;
}

async function writeLines(database: Database, memory: ProjectionMemory, content: StepContent): Promise<boolean> {
  const { document } = content.projection;
  const name = nameFromText(document);
  if (name?.kind !== 'plan') return false;
  const { version } = name;
  const records = new Map<string, StoredLine | StoredDriver | null>();
  if (content.isAfresh) {
    const old = await database.lines.where('[document+id]').between([document], [document, []]).primaryKeys();
    for (const [, id] of old) records.set(id, null);
  }
  for (const [id, line] of content.delta.lines) records.set(id, line && { document, id, version, line });
  for (const [id, driver] of content.delta.drivers) records.set(id, driver && { document, id, version, driver });
  await database.lines.bulkDelete([...records].flatMap(([id, record]) => (record === null ? [[document, id]] : [])));
  await database.lines.bulkPut([...records.values()].filter((record) => record !== null));
  memory.putLines(document, version, records);
  return records.size > 0;
}

async function writeConflicts(database: Database, { projection, conflicts }: StepContent): Promise<void> {
  const { document } = projection;
  await database.conflicts.where('[document+collection+id+field]').between([document], [document, []]).delete();
  await database.conflicts.bulkPut(
    conflicts.map(({ collection, id, field }) => ({ document, collection, id, field: field ?? '' })),
  );
}

/** What a step does to the columns, by document. */
type ColumnChanges = Map<string, { readonly put: Map<RowId, ColumnRow>; readonly removed: Set<RowId> }>;

async function writeTrails(
  database: Database,
  { projection, delta, isAfresh }: StepContent,
  context: ProjectionContext | null,
): Promise<ColumnChanges> {
  const { document } = projection;
  const changes: ColumnChanges = new Map();
  const changesById = Map.groupBy(delta.trails, (change) => change.id);
  const standing = isAfresh ? await database.trails.where('documents').equals(document).primaryKeys() : [];
  const ids = [...new Set([...changesById.keys(), ...standing])];
  const before = await database.trails.bulkGet(ids);
  const after = ids.map((id, i) => {
    const trail = before[i] ?? emptyTrail(id);
    return changed(isAfresh ? withoutDocument(trail, document) : trail, changesById.get(id) ?? []);
  });
  for (const [i, trail] of after.entries()) noteRows(changes, before[i], trail, context);
  await database.trails.bulkDelete(after.filter(isEmpty).map(({ id }) => id));
  await database.trails.bulkPut(after.filter((trail) => !isEmpty(trail)));
  return changes;
}

function changed(trail: ExpenseTrail, changes: readonly TrailChange[]): ExpenseTrail {
  return changes.reduce(changeTrail, trail);
}

function noteRows(
  changes: ColumnChanges,
  before: ExpenseTrail | undefined,
  after: ExpenseTrail,
  context: ProjectionContext | null,
): void {
  const rows = columnRowsOf(after, context);
  const standing = new Set(rows.map(({ document, row }) => `${document}|${row.id}`));
  for (const { document, id } of before === undefined ? [] : rowPlacesOf(before)) {
    if (!standing.has(`${document}|${id}`)) changesIn(changes, document).removed.add(id);
  }
  for (const { document, row } of rows) changesIn(changes, document).put.set(row.id, row);
}

function changesIn(changes: ColumnChanges, document: string) {
  const known = changes.get(document) ?? { put: new Map<RowId, ColumnRow>(), removed: new Set<RowId>() };
  changes.set(document, known);
  return known;
}

/** The calendar, the currency or the rates changed: whatever is not posted counts differently. */
async function recount(database: Database, changes: ColumnChanges, context: ProjectionContext | null): Promise<void> {
  const captured = await database.trails.where('documents').startsWith('inbox/').distinct().toArray();
  for (const trail of captured) noteRows(changes, undefined, trail, context);
}

async function writeColumns(
  database: Database,
  memory: ProjectionMemory,
  changes: ColumnChanges,
): Promise<ProjectionStep['chunks']> {
  const { columns } = memory;
  const written = [...changes].flatMap(([document, { put, removed }]) => {
    const change: ColumnChange = { put: [...put.values()], removed: [...removed] };
    return [...editColumns(columns, document, change)].map((index) => ({ document, index }));
  });
  const chunks = written.flatMap(({ document, index }) => {
    const chunk = columns.chunksOf(document)[index];
    return chunk === undefined ? [] : [encodeChunk(document, index, chunk, columns.dictionaries)];
  });
  await database.columns.bulkPut(chunks);
  return written;
}

function isSameContext(a: ProjectionContext | null, b: ProjectionContext | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
