import * as Y from 'yjs';
import { updateChecksum } from '#lib/documents/update-row.ts';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { DecisionCommit, IncomingRow } from '#server/storage/storage.ts';
import { rangesOf } from '#server/update/read-update.ts';

/** A typing person: a Y.Doc whose edits come out as rows to append. */
export class Typist {
  readonly doc = new Y.Doc();
  readonly #fields: Partial<IncomingRow>;
  #typed: Uint8Array[] = [];
  #count = 0;

  constructor(fields: Partial<IncomingRow> = {}) {
    this.#fields = fields;
    this.doc.on('update', (bytes: Uint8Array) => this.#typed.push(bytes));
  }

  /** Sets a key and gives the row of that edit. */
  type(key: string, value: unknown): IncomingRow {
    this.doc.getMap('entries').set(key, value);
    const bytes = this.#typed.pop();
    if (bytes === undefined) throw new Error('typing made no update');
    this.#count += 1;
    return makeRow(bytes, { key: `${this.doc.clientID}-${this.#count}`, ...this.#fields });
  }
}

export function makeRow(bytes: Uint8Array, fields: Partial<IncomingRow> = {}): IncomingRow {
  const ranges = rangesOf(bytes);
  if (!ranges.ok) throw new Error('not an update');
  return {
    workspace: 'w',
    document: 'core',
    incarnation: 'i1',
    key: 'k',
    bytes,
    checksum: updateChecksum(bytes, 'v1'),
    author: { member: 'ana', device: 'laptop' },
    ranges: ranges.value,
    receivedAt: 0,
    epoch: 0,
    ...fields,
  };
}

/** A decision that commits nothing but what is said. */
export function makeDecision(fields: Partial<DecisionCommit>): DecisionCommit {
  const nothing = { entries: [], rows: [], answers: [], joiners: [], nextEpoch: false, seals: [], unseals: [] };
  return { workspace: 'w', head: EMPTY_LOG, ...nothing, ...fields };
}

/** The map that a log of rows adds up to. */
export function contentOf(rows: readonly { readonly bytes: Uint8Array }[]): Record<string, unknown> {
  const doc = new Y.Doc();
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes);
  return doc.getMap('entries').toJSON();
}
