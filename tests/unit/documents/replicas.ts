/** Devices that write apart and hear of each other late, twice, in any order, or never; and what should come of it. */
import * as Y from 'yjs';
import { trackConflicts, type ConflictTracker } from '#lib/documents/conflict-tracker.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { losingItems, sameId, visibleContent, visibleItem } from '#lib/documents/history.ts';
import { decodeEdit, fieldKey, keyParts } from '#lib/documents/record-layout.ts';
import { applyRows, onTyped } from '#lib/documents/replica.ts';
import type { UpdateFormat } from '#lib/documents/update-row.ts';
import { plannedLine, planOf } from './support.ts';

export interface Row {
  readonly bytes: Uint8Array;
  readonly format: UpdateFormat;
}

/** One write as its author saw it. Every written value is different. */
interface Typed {
  readonly key: string;
  readonly value: number;
  /** The value that was visible to the author, or null. */
  readonly over: number | null;
  readonly client: number;
  readonly clock: number;
}

/** One removal of a line, and how much of every client its author had then. */
interface Removal {
  readonly line: string;
  readonly client: number;
  readonly clock: number;
  readonly had: ReadonlyMap<number, number>;
}

/** Everything that anybody ever did, as an onlooker who sees all devices would note it. */
export interface Chronicle {
  readonly typed: Typed[];
  readonly removals: Removal[];
}

export const lines = ['line0', 'line1'];
const months = ['2027-01', '2027-02', '2027-03'];
export const keys = lines.flatMap((line) => months.map((month) => fieldKey(line, month)));

const START: Row = {
  bytes: Y.encodeStateAsUpdate(planOf(...lines.map((id) => plannedLine({ id })))),
  format: 'v1',
};

export class Replica {
  doc: Y.Doc;
  tracker: ConflictTracker;
  /** Every row it has typed or received: what it starts from after a reload. */
  readonly rows: Row[] = [];
  #stop: () => void = () => undefined;

  constructor(rows: readonly Row[] = [START]) {
    this.doc = newDocument();
    this.tracker = trackConflicts(this.doc);
    this.receive(rows);
    this.#listen();
  }

  type(key: string, value: number): Typed {
    const [id = '', month = ''] = key.split('|');
    const { lines: table } = openPlan(this.doc);
    const over = amountAt(this.doc, key);
    const client = this.doc.clientID;
    const clock = Y.getState(this.doc.store, client);
    table.revise(id, { [month]: value }, { member: String(client), at: '' });
    return { key, value, over, client, clock };
  }

  /** Removes a line, or restores it where it is removed: then there is no removal to tell of. */
  toggle(line: string): Removal | null {
    const { lines: table } = openPlan(this.doc);
    const client = this.doc.clientID;
    const by = { member: String(client), at: '' };
    const had = new Map([...this.doc.store.clients.keys()].map((each) => [each, Y.getState(this.doc.store, each)]));
    if (table.isRemoved(line)) table.restore(line, by);
    else table.remove(line, by);
    return table.isRemoved(line) ? { line, client, clock: had.get(client) ?? 0, had } : null;
  }

  /** Keeps the rows as received and applies each in a transaction of its own. */
  receive(rows: readonly Row[]): void {
    this.rows.push(...rows);
    for (const row of rows) applyRows(this.doc, [row]);
  }

  /** Starts again from what it kept, all in one transaction, under a new client id. */
  reload(rows: readonly Row[] = this.rows): void {
    this.#stop();
    this.tracker.close();
    this.doc = newDocument();
    applyRows(this.doc, rows);
    this.tracker = trackConflicts(this.doc);
    this.#listen();
  }

  #listen(): void {
    this.#stop = onTyped(this.doc, (bytes) => this.rows.push({ bytes, format: 'v1' }));
  }
}

/** What has to be found on a replica: of the writes it has, those that nobody typed over and that are not visible. */
export function expectedLosers({ doc }: Replica, { typed }: Chronicle): readonly string[] {
  const here = typed.filter(({ client, clock }) => clock < Y.getState(doc.store, client));
  const typedOver = new Set(here.map(({ key, over }) => `${key} ${over ?? ''}`));
  return here
    .filter(({ key, value }) => !typedOver.has(`${key} ${value}`) && amountAt(doc, key) !== value)
    .map(({ key, value }) => `${key} ${value}`)
    .sort();
}

/** Visible edits of removed lines that no author of a removal that stands, or lost to one that does, had. */
export function expectedUnseen({ doc }: Replica, { typed, removals }: Chronicle): readonly string[] {
  return lines.flatMap((line) => {
    const key = fieldKey(line, 'deleted');
    const map = doc.getMap('lines');
    const standing = [visibleItem(map, key), ...losingItems(map, key)].flatMap((item) =>
      removals.filter((each) => item !== undefined && sameId(each, item.lastId)),
    );
    const isUnseen = ({ client, clock }: Typed) => standing.every(({ had }) => (had.get(client) ?? 0) <= clock);
    return typed
      .filter((each) => openPlan(doc).lines.isRemoved(line) && keyParts(each.key).id === line)
      .filter((each) => amountAt(doc, each.key) === each.value && isUnseen(each))
      .map(({ value }) => `${key} ${value}`);
  });
}

function amountAt(doc: Y.Doc, key: string): number | null {
  const amount = decodeEdit(visibleContent(doc.getMap('lines'), key))?.[0];
  return typeof amount === 'number' ? amount : null;
}
