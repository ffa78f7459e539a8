/** Documents that the projector has loaded, with what it watches in them. The largest memory of the worker: bounded. */
import type { Doc } from 'yjs';
import { trackConflicts, type ConflictTracker } from '#lib/documents/conflict-tracker.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows, onChange } from '#lib/documents/replica.ts';
import type { StoredRow } from './database.ts';
import { deltaReader, type DeltaReader, type Touched } from './document-delta.ts';

/** Documents in memory take several times their bytes; what was used last stays. */
const MOST_BYTES = 4 * 1024 * 1024;

export interface OpenedDocument {
  readonly name: string;
  readonly doc: Doc;
  readonly reader: DeltaReader;
  readonly conflicts: ConflictTracker;
  readonly epoch: number;
  /** Number of the last row applied. */
  upTo: number;
  bytes: number;
  rows: number;
}

export class OpenedDocuments {
  /** The one used last stands last. */
  readonly #opened = new Map<string, OpenedDocument>();

  /** The document if it is loaded exactly as far as this. */
  at(name: string, epoch: number, upTo: number): OpenedDocument | undefined {
    const opened = this.#opened.get(name);
    if (opened?.epoch === epoch && opened.upTo === upTo) return opened;
    this.drop(name);
    return undefined;
  }

  keep(opened: OpenedDocument): void {
    this.#opened.delete(opened.name);
    this.#opened.set(opened.name, opened);
    let bytes = [...this.#opened.values()].reduce((sum, each) => sum + each.bytes, 0);
    for (const [name, oldest] of this.#opened) {
      if (bytes <= MOST_BYTES || name === opened.name) break;
      bytes -= oldest.bytes;
      this.drop(name);
    }
  }

  drop(name: string): void {
    const opened = this.#opened.get(name);
    opened?.conflicts.close();
    opened?.doc.destroy();
    this.#opened.delete(name);
  }

  clear(): void {
    for (const name of [...this.#opened.keys()]) this.drop(name);
  }
}

/** A document with these rows in it. */
export function openedFrom(name: string, epoch: number, rows: readonly StoredRow[]): OpenedDocument {
  const doc = newDocument();
  const reader = deltaReader(name, doc);
  applyRows(doc, rows);
  const bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0);
  const upTo = rows.at(-1)?.number ?? 0;
  return { name, doc, reader, conflicts: trackConflicts(doc), epoch, upTo, bytes, rows: rows.length };
}

/** Applies further rows and says which records they touched. */
export function applyFurther(opened: OpenedDocument, rows: readonly StoredRow[]): Touched {
  const touched = new Map<string, Set<string>>();
  const stop = onChange(opened.doc, (transaction) => {
    for (const [collection, ids] of opened.reader.touchedBy(transaction)) {
      touched.set(collection, (touched.get(collection) ?? new Set<string>()).union(ids));
    }
  });
  applyRows(opened.doc, rows);
  stop();
  opened.upTo = rows.at(-1)?.number ?? opened.upTo;
  opened.bytes += rows.reduce((sum, row) => sum + row.bytes.length, 0);
  opened.rows += rows.length;
  return touched;
}
