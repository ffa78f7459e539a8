/** Turns update rows into projections, one document and one transaction at a time. Only the holder of the lock does. */
import { isIncomplete } from '#lib/documents/new-document.ts';
import { isIntact } from '#lib/documents/update-row.ts';
import { compact } from './compaction.ts';
import type { Database, Projection, StoredRow } from './database.ts';
import type { DocumentDelta } from './document-delta.ts';
import { applyFurther, openedFrom, OpenedDocuments, type OpenedDocument } from './opened-documents.ts';
import type { ProjectionMemory } from './projection-memory.ts';
import { writeStep } from './projection-step.ts';
import { documentNamed, setAside } from './quarantine.ts';
import { rowsSince } from './stored-rows.ts';
import type { ProjectionStep } from './tabs.ts';

export interface ProjectorOptions {
  readonly newId: () => string;
  /** Whether the workspace has a server: then unacknowledged rows are never merged. */
  readonly isShared: () => boolean;
  /** A document's damaged rows were set aside. */
  readonly onsetaside: (document: string) => void;
}

/** A document is compacted when this many rows have come since the last time. */
const COMPACT_AFTER = 64;

export class Projector {
  readonly #database: Database;
  readonly #memory: ProjectionMemory;
  readonly #options: ProjectorOptions;
  readonly #opened = new OpenedDocuments();
  readonly #compactAt = new Map<string, number>();

  constructor(database: Database, memory: ProjectionMemory, options: ProjectorOptions) {
    this.#database = database;
    this.#memory = memory;
    this.#options = options;
  }

  /** Documents with rows that are not in the projections, decisions first: the others are read by their calendar. */
  async behind(): Promise<readonly string[]> {
    const { updates, projections, documents } = this.#database;
    const names = new Set([
      ...((await updates.orderBy('document').uniqueKeys()) as string[]),
      ...(await projections.toCollection().primaryKeys()),
    ]);
    const known = new Map((await projections.toArray()).map((projection) => [projection.document, projection]));
    const epochs = new Map((await documents.toArray()).map(({ name, epoch }) => [name, epoch]));
    const behind: string[] = [];
    for (const name of names) {
      const { upTo, epoch } = known.get(name) ?? { upTo: 0, epoch: 0 };
      if (epoch !== (epochs.get(name) ?? 0) || (await hasRowsAfter(this.#database, name, upTo))) behind.push(name);
    }
    return behind.sort(inOrder);
  }

  /** Brings one document's projections up to its rows; null when they were. */
  async project(name: string): Promise<ProjectionStep | null> {
    const before = await this.#database.projections.get(name);
    const { epoch } = await documentNamed(this.#database, name);
    const isAfresh = before === undefined || before.epoch !== epoch;
    const upTo = isAfresh ? 0 : before.upTo;
    const known = isAfresh ? undefined : this.#opened.at(name, epoch, upTo);
    const rows = await rowsSince(this.#database, name, known === undefined ? 0 : upTo);
    const damaged = rows.filter((row) => !isIntact(row));
    if (damaged.length > 0) return this.#setAside(name, damaged);
    const further = rows.filter((row) => row.number > upTo);
    if (further.length === 0 && !isAfresh) return null;
    const opened = known ?? openedFrom(name, epoch, isAfresh ? rows : rows.filter((row) => row.number <= upTo));
    const delta = isAfresh ? null : opened.reader.of(applyFurther(opened, further));
    this.#opened.keep(opened);
    const step = await this.#write(opened, delta, before);
    await this.#compact(opened);
    return step;
  }

  /** Lets go of all documents: another worker writes from now on. */
  rest(): void {
    this.#opened.clear();
  }

  async #setAside(name: string, damaged: readonly StoredRow[]): Promise<ProjectionStep | null> {
    await setAside(this.#database, name, damaged);
    this.#opened.drop(name);
    this.#options.onsetaside(name);
    return this.project(name);
  }

  /** `delta` null: everything in the document, in place of what the projections hold of it. */
  async #write(
    opened: OpenedDocument,
    delta: DocumentDelta | null,
    before: Projection | undefined,
  ): Promise<ProjectionStep> {
    const { name, epoch, upTo, reader, doc } = opened;
    const whole = delta ?? reader.all();
    const projection: Projection = {
      document: name,
      epoch,
      upTo,
      isIncomplete: isIncomplete(doc),
      unreadable: reader.unreadable(),
    };
    try {
      return await writeStep(this.#database, this.#memory, {
        projection,
        before,
        delta: whole,
        isAfresh: delta === null,
        conflicts: opened.conflicts.all(),
      });
    } catch (thrown) {
      // Memory and the loaded document are ahead of the disk now.
      this.#opened.drop(name);
      await this.#memory.load();
      throw thrown;
    }
  }

  async #compact(opened: OpenedDocument): Promise<void> {
    const { name, upTo, doc, rows } = opened;
    const at = this.#compactAt.get(name) ?? COMPACT_AFTER;
    if (rows < at || isIncomplete(doc)) return;
    const isShared = this.#options.isShared();
    const fewer = await compact(this.#database, name, { isShared, upTo, newId: this.#options.newId });
    opened.rows -= fewer;
    this.#compactAt.set(name, opened.rows + COMPACT_AFTER);
  }
}

async function hasRowsAfter(database: Database, name: string, number: number): Promise<boolean> {
  const after = database.updates
    .where('[document+number]')
    .between([name, number], [name, Number.MAX_SAFE_INTEGER], false, true);
  return (await after.limit(1).count()) > 0;
}

function inOrder(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function rank(name: string): number {
  return name.startsWith('decisions/') ? 0 : name === 'core' ? 1 : 2;
}
