/** Devices that write apart and hear of each other late, twice, in any order, or never; and what should come of it. */
import * as Y from 'yjs';
import { trackConflicts, type ConflictTracker } from '#lib/documents/conflict-tracker.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { fieldKey } from '#lib/documents/record-layout.ts';
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

const lines = ['line0', 'line1'];
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
    const over = table.get(id)?.phases[month] ?? null;
    const client = this.doc.clientID;
    const clock = Y.getState(this.doc.store, client);
    table.revise(id, { [month]: value }, { member: String(client), at: '' });
    return { key, value, over, client, clock };
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
export function expectedLosers({ doc }: Replica, typed: readonly Typed[]): readonly string[] {
  const here = typed.filter(({ client, clock }) => clock < Y.getState(doc.store, client));
  const typedOver = new Set(here.map(({ key, over }) => `${key} ${over ?? ''}`));
  const visible = new Set([...openPlan(doc).lines.all()].flatMap(visibleCells));
  return here
    .map(({ key, value }) => `${key} ${value}`)
    .filter((cell) => !typedOver.has(cell) && !visible.has(cell))
    .sort();
}

function visibleCells({ id, phases }: { readonly id: string; readonly phases: Readonly<Record<string, number>> }) {
  return Object.entries(phases).map(([month, amount]) => `${fieldKey(id, month)} ${amount}`);
}
