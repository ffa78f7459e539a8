import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import { isDecided } from '#lib/sync/pending.ts';
import type { Acknowledged, Answer, Cursor, Received, SyncStore } from '#lib/sync/sync-store.ts';

interface Kept {
  incarnation: string | null;
  rows: (UpdateRow & { readonly first: number | null })[];
}

/** A device's store in memory: what the IndexedDB one does, without a browser. */
export class MemoryStore implements SyncStore {
  readonly #documents = new Map<string, Kept>();
  readonly parked: { readonly row: UpdateRow; readonly reason: string }[] = [];
  readonly commands = new Map<string, GivenCommand>();
  readonly answers = new Map<string, Answer>();

  append(row: UpdateRow): void {
    this.#of(row.document).rows.push({ ...row, first: null });
  }

  rows(document: string): readonly UpdateRow[] {
    return this.#of(document).rows;
  }

  documents(): readonly string[] {
    return [...this.#documents.keys()];
  }

  heads(): Promise<ReadonlyMap<string, Cursor>> {
    const heads = new Map<string, Cursor>();
    for (const [document, { incarnation, rows }] of this.#documents) {
      if (incarnation !== null) heads.set(document, { incarnation, cursor: reachOf(rows) });
    }
    return Promise.resolve(heads);
  }

  unacknowledged(document: string): Promise<readonly UpdateRow[]> {
    return Promise.resolve(this.#of(document).rows.filter(({ state }) => state === 'unacknowledged'));
  }

  documentsWithUnacknowledged(): Promise<readonly string[]> {
    const waiting = [...this.#documents].filter(([, { rows }]) => rows.some(({ state }) => state === 'unacknowledged'));
    return Promise.resolve(waiting.map(([document]) => document));
  }

  durable(document: string, after: number): Promise<readonly UpdateRow[]> {
    const rows = this.#of(document).rows.filter(({ serverSeq }) => serverSeq !== null && serverSeq > after);
    return Promise.resolve(rows.toSorted((a, b) => (a.serverSeq ?? 0) - (b.serverSeq ?? 0)));
  }

  async receive(document: string, { incarnation, rows }: Received): Promise<void> {
    const kept = this.#of(document);
    kept.incarnation = incarnation;
    for (const { first, seq, key, bytes, checksum } of rows) {
      const own = kept.rows.find((row) => row.key === key);
      const isKnown = kept.rows.some((row) => (row.first ?? Infinity) <= first && (row.serverSeq ?? 0) >= seq);
      if (own !== undefined && first === seq) this.#markDurable(kept, key, seq);
      else if (!isKnown) {
        const known = { document, bytes, checksum, format: 'v1', state: 'durable', author: null } as const;
        kept.rows.push({ ...known, key, serverSeq: seq, first });
      }
    }
    return Promise.resolve();
  }

  acknowledge(document: string, { incarnation, rows }: Acknowledged): Promise<void> {
    const kept = this.#of(document);
    kept.incarnation = incarnation;
    for (const { key, seq } of rows) this.#markDurable(kept, key, seq);
    return Promise.resolve();
  }

  reject(document: string, keys: readonly string[], reason: string): Promise<void> {
    const { rows } = this.#of(document);
    const first = rows.findIndex((row) => row.state === 'unacknowledged' && keys.includes(row.key));
    if (first !== -1) this.#park(document, (row, index) => index >= first && row.state === 'unacknowledged', reason);
    return Promise.resolve();
  }

  reset(document: string, incarnation: string): Promise<void> {
    if (!isDecided(document)) this.#park(document, ({ state }) => state === 'unacknowledged', 'restarted');
    this.#documents.set(document, { incarnation, rows: [] });
    return Promise.resolve();
  }

  outbox(): Promise<readonly GivenCommand[]> {
    return Promise.resolve([...this.commands.values()]);
  }

  answered(commandId: string, answer: Answer): Promise<void> {
    this.commands.delete(commandId);
    this.answers.set(commandId, answer);
    return Promise.resolve();
  }

  #of(document: string): Kept {
    const kept = this.#documents.get(document) ?? { incarnation: null, rows: [] };
    this.#documents.set(document, kept);
    return kept;
  }

  #markDurable(kept: Kept, key: string, seq: number): void {
    kept.rows = kept.rows.map((row) =>
      row.key === key ? { ...row, state: 'durable', serverSeq: seq, first: row.first ?? seq } : row,
    );
  }

  #park(document: string, isParked: (row: UpdateRow, index: number) => boolean, reason: string): void {
    const kept = this.#of(document);
    this.parked.push(...kept.rows.filter(isParked).map((row) => ({ row, reason })));
    kept.rows = kept.rows.filter((row, index) => !isParked(row, index));
  }
}

/** The last number of the unbroken run of the server's log that is here. */
function reachOf(rows: Kept['rows']): number {
  let reach = 0;
  for (const { first, serverSeq } of rows.toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0))) {
    if (first !== null && serverSeq !== null && first <= reach + 1) reach = Math.max(reach, serverSeq);
  }
  return reach;
}
