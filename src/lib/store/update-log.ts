/**
 * The update log: every update of every document, as typed or as received. This is the truth on the device; all else
 * in the store can be derived from it again.
 */
import { isIntact, updateChecksum, type UpdateFormat, type UpdateRow } from '#lib/documents/update-row.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Database, StoredRow } from './database.ts';
import { failureOf, type StoreFailure } from './failure.ts';
import { setAside } from './quarantine.ts';
import { rowsSince } from './stored-rows.ts';
import { joinTabs, type TabMessage, type Tabs } from './tabs.ts';
import { writeAtOnce } from './write-rows.ts';

/** Milliseconds that what a person typed may wait in memory for company. */
const FLUSH_WITHIN_MS = 50;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

export type SaveStatus =
  | { readonly kind: 'saved' }
  /** On its way to the disk; at most 50 ms. */
  | { readonly kind: 'saving' }
  /** Not saved on this device: kept in memory, tried again, and still in every export. */
  | { readonly kind: 'not-saved'; readonly why: StoreFailure; readonly rows: number };

export interface UpdateLogOptions {
  readonly newId: () => string;
  readonly onstatus: (status: SaveStatus) => void;
  /** What other tabs, and the projections, tell about this database. */
  readonly onmessage: (message: TabMessage) => void;
  /** The window: its `pagehide` and `visibilitychange` flush. */
  readonly page: EventTarget;
}

export interface LoadedDocument {
  /** In the order to apply them; rows not yet on disk come last. */
  readonly rows: readonly UpdateRow[];
  /** Number of the last row read from disk; 0 for none. `load` with it gives what came later. */
  readonly upTo: number;
  /** Every row of the server's log up to this number is among those loaded so far. */
  readonly loadedTo: number;
  /** Rows found damaged just now and set aside: the document is incomplete until they come again. */
  readonly damaged: number;
}

export class UpdateLog {
  readonly database: Database;
  readonly #options: UpdateLogOptions;
  /** Rows not known to be on disk, by key, in the order they were appended. */
  readonly #held = new Map<string, UpdateRow>();
  readonly #inFlight = new Set<string>();
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #writing: Promise<void> = Promise.resolve();
  #tabs: Tabs | undefined;

  constructor(database: Database, options: UpdateLogOptions) {
    this.database = database;
    this.#options = options;
  }

  open(): void {
    this.#tabs = joinTabs(this.database.name, this.#options.onmessage);
    this.#options.page.addEventListener('pagehide', this.#onhide);
    this.#options.page.addEventListener('visibilitychange', this.#onhide);
  }

  /** Writes what is held and lets go of everything. */
  async close(): Promise<void> {
    this.#options.page.removeEventListener('pagehide', this.#onhide);
    this.#options.page.removeEventListener('visibilitychange', this.#onhide);
    await this.flush();
    clearTimeout(this.#flushTimer);
    this.#tabs?.close();
    this.#tabs = undefined;
  }

  get newId(): () => string {
    return this.#options.newId;
  }

  /** Takes one local update of a document and gives its row at once, to be sent; it is on disk within 50 ms. (S1) */
  append(document: string, bytes: Uint8Array, format: UpdateFormat = 'v1'): UpdateRow {
    const row = this.rowOf(document, bytes, format);
    this.#held.set(row.key, row);
    this.#flushWithin(this.#failures === 0 ? FLUSH_WITHIN_MS : retryAfter(this.#failures));
    this.#report({ kind: 'saving' });
    return row;
  }

  /** The row of one local update, not yet kept anywhere. */
  rowOf(document: string, bytes: Uint8Array, format: UpdateFormat = 'v1'): UpdateRow {
    return {
      key: this.#options.newId(),
      document,
      // A view would make IndexedDB store the whole buffer behind it.
      bytes: bytes.slice(),
      format,
      checksum: updateChecksum(bytes, format),
      state: 'unacknowledged',
      serverSeq: null,
      author: null,
    };
  }

  /** Writes all rows held in memory; never rejects, what failed is tried again later. (S2, S3) */
  async flush(): Promise<void> {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const rows = [...this.#held.values()].filter((row) => !this.#inFlight.has(row.key));
    if (rows.length > 0) this.#writing = this.#write(rows);
    await this.#writing;
  }

  /** A document's rows that came after `since`, verified; damaged ones are set aside and asked for again. (S4, S5) */
  async load(document: string, since = 0): Promise<Result<LoadedDocument, StoreFailure>> {
    await this.flush();
    const read = await readRows(this.database, document, since);
    if (!read.ok) return read;
    const { stored, cursor } = read.value;
    const damaged = stored.filter((row) => !isIntact(row));
    if (damaged.length > 0) await this.setAside(document, damaged);
    const intact = stored.filter((row) => !damaged.includes(row));
    const keys = new Set(intact.map((row) => row.key));
    const held = this.heldRows(document).filter((row) => !keys.has(row.key));
    return ok({
      rows: [...intact, ...held],
      upTo: stored.at(-1)?.number ?? since,
      loadedTo: Math.min(cursor, ...damaged.map((row) => (row.firstSeq ?? Infinity) - 1)),
      damaged: damaged.length,
    });
  }

  /** Rows of a document that exist only in memory. */
  heldRows(document: string): readonly UpdateRow[] {
    return [...this.#held.values()].filter((row) => row.document === document);
  }

  /** Every row that exists only in memory, for an export. */
  get held(): readonly UpdateRow[] {
    return [...this.#held.values()];
  }

  /** Replaces a row that is still in memory; false when it is on disk (or nowhere). */
  reviseHeld(row: UpdateRow): boolean {
    const isHeld = this.#held.has(row.key) && !this.#inFlight.has(row.key);
    if (isHeld) this.#held.set(row.key, row);
    return isHeld;
  }

  async setAside(document: string, rows: readonly StoredRow[]): Promise<void> {
    await setAside(this.database, document, rows);
    this.tell({ kind: 'rows-taken', document });
  }

  /** Tells the other tabs and this page's own listener. */
  tell(message: TabMessage): void {
    this.#tabs?.tell(message);
    this.#options.onmessage(message);
  }

  readonly #onhide = () => void this.flush();

  #flushWithin(ms: number): void {
    this.#flushTimer ??= setTimeout(() => void this.flush(), ms);
  }

  async #write(rows: readonly UpdateRow[]): Promise<void> {
    for (const row of rows) this.#inFlight.add(row.key);
    const written = await writeAtOnce(this.database, rows, this.#failures > 0);
    for (const row of rows) this.#inFlight.delete(row.key);
    if (written.ok) this.#saved(rows);
    else this.#failed(written.error);
  }

  #saved(rows: readonly UpdateRow[]): void {
    for (const row of rows) this.#held.delete(row.key);
    this.#failures = 0;
    this.#tabs?.tell({ kind: 'rows-added', documents: [...new Set(rows.map((row) => row.document))] });
    if (this.#held.size === 0) this.#report({ kind: 'saved' });
    else this.#flushWithin(FLUSH_WITHIN_MS);
  }

  #failed(why: StoreFailure): void {
    this.#failures += 1;
    this.#flushWithin(retryAfter(this.#failures));
    this.#report({ kind: 'not-saved', why, rows: this.#held.size });
  }

  #report(status: SaveStatus): void {
    if (status.kind === 'saving' && this.#failures > 0) return;
    this.#options.onstatus(status);
  }
}

function retryAfter(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
}

async function readRows(
  database: Database,
  document: string,
  since: number,
): Promise<Result<{ readonly stored: readonly StoredRow[]; readonly cursor: number }, StoreFailure>> {
  try {
    return await database.transaction('r', database.updates, database.documents, async () => {
      const stored = await rowsSince(database, document, since);
      return ok({ stored, cursor: (await database.documents.get(document))?.cursor ?? 0 });
    });
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}
