import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import { isDecided } from '#lib/documents/decided.ts';
import type { Acknowledged, Answer, Cursor, Received, SyncStore } from '#lib/sync/sync-store.ts';

interface Kept {
  incarnation: string | null;
  /** By key, in the order of appending. */
  rows: Map<string, UpdateRow>;
  unacknowledged: Set<string>;
  /** Numbers that rows hold which the server merged. */
  merged: { readonly first: number; readonly seq: number }[];
  /** The unbroken run of the server's numbers, and runs beyond it by their first number. */
  reach: number;
  beyond: Map<number, number>;
}

/** A device's store in memory: what the IndexedDB one does, without a browser. */
export class MemoryStore implements SyncStore {
  readonly #documents = new Map<string, Kept>();
  readonly parked: { readonly row: UpdateRow; readonly reason: string }[] = [];
  readonly commands = new Map<string, GivenCommand>();
  readonly answers = new Map<string, Answer>();

  get hasUnacknowledged(): boolean {
    return this.#documents.values().some(({ unacknowledged }) => unacknowledged.size > 0);
  }

  /** Everything in it, for a device whose profile was copied. */
  copyInto(other: MemoryStore): void {
    for (const [document, kept] of this.#documents) other.#documents.set(document, structuredClone(kept));
    other.parked.push(...this.parked);
    for (const [id, given] of this.commands) other.commands.set(id, given);
    for (const [id, answer] of this.answers) other.answers.set(id, answer);
  }

  append(row: UpdateRow): void {
    const kept = this.#of(row.document);
    kept.rows.set(row.key, row);
    kept.unacknowledged.add(row.key);
  }

  /** The row typed last, as long as it is not acknowledged. */
  lastRow(document: string): UpdateRow | null {
    const { rows, unacknowledged } = this.#of(document);
    const [key = ''] = [...unacknowledged].slice(-1);
    return rows.get(key) ?? null;
  }

  rows(document: string): readonly UpdateRow[] {
    return [...this.#of(document).rows.values()];
  }

  heads(): Promise<ReadonlyMap<string, Cursor>> {
    const heads = new Map<string, Cursor>();
    for (const [document, { incarnation, reach }] of this.#documents) {
      if (incarnation !== null) heads.set(document, { incarnation, cursor: reach });
    }
    return Promise.resolve(heads);
  }

  unacknowledged(document: string): Promise<readonly UpdateRow[]> {
    const { rows, unacknowledged } = this.#of(document);
    return Promise.resolve([...unacknowledged].flatMap((key) => rows.get(key) ?? []));
  }

  documentsWithUnacknowledged(): Promise<readonly string[]> {
    const waiting = [...this.#documents].filter(([, { unacknowledged }]) => unacknowledged.size > 0);
    return Promise.resolve(waiting.map(([document]) => document));
  }

  durable(document: string, after: number): Promise<readonly UpdateRow[]> {
    const rows = this.rows(document).filter(({ serverSeq }) => serverSeq !== null && serverSeq > after);
    return Promise.resolve(rows.toSorted((a, b) => (a.serverSeq ?? 0) - (b.serverSeq ?? 0)));
  }

  receive(document: string, { incarnation, rows }: Received): Promise<void> {
    const kept = this.#of(document);
    kept.incarnation = incarnation;
    for (const { first, seq, key, bytes, checksum } of rows) {
      if (seq <= kept.reach) continue;
      const known = { document, bytes, checksum, format: 'v1', state: 'durable', author: null } as const;
      if (kept.unacknowledged.has(key) && first === seq) markDurable(kept, key, seq);
      else kept.rows.set(`${first}-${seq}`, { ...known, key: `${first}-${seq}`, serverSeq: seq });
      if (first < seq) kept.merged.push({ first, seq });
      reach(kept, first, seq);
    }
    return Promise.resolve();
  }

  acknowledge(document: string, { incarnation, rows }: Acknowledged): Promise<void> {
    const kept = this.#of(document);
    kept.incarnation = incarnation;
    for (const { key, seq } of rows) {
      // Of a row and its copy from the server one stays; what a merged row holds is not kept twice.
      kept.rows.delete(`${seq}-${seq}`);
      if (kept.merged.some((run) => run.first <= seq && seq <= run.seq)) kept.rows.delete(key);
      markDurable(kept, key, seq);
      reach(kept, seq, seq);
    }
    return Promise.resolve();
  }

  reject(document: string, keys: readonly string[], reason: string): Promise<void> {
    const waiting = [...this.#of(document).unacknowledged];
    const first = waiting.findIndex((key) => keys.includes(key));
    if (first !== -1) this.#park(document, waiting.slice(first), reason);
    return Promise.resolve();
  }

  reset(document: string, incarnation: string): Promise<void> {
    if (!isDecided(document)) this.#park(document, [...this.#of(document).unacknowledged], 'restarted');
    this.#documents.delete(document);
    this.#of(document).incarnation = incarnation;
    return Promise.resolve();
  }

  carryOver(document: string, incarnation: string, common: number): Promise<void> {
    const kept = this.#of(document);
    kept.incarnation = common === 0 ? null : incarnation;
    const waiting = [...kept.unacknowledged];
    kept.unacknowledged.clear();
    for (const row of [...kept.rows.values()].filter(({ serverSeq }) => (serverSeq ?? 0) > common)) {
      const isReceived = /^\d+-\d+$/.test(row.key);
      if (isReceived) {
        this.parked.push({ row, reason: 'lost-by-server' });
        kept.rows.delete(row.key);
      } else {
        kept.rows.set(row.key, { ...row, state: 'unacknowledged', serverSeq: null });
        kept.unacknowledged.add(row.key);
      }
    }
    for (const key of waiting) kept.unacknowledged.add(key);
    kept.reach = Math.min(kept.reach, common);
    kept.beyond.clear();
    return Promise.resolve();
  }

  /** The disk gave back something else than was written: the row is gone, and the cursor stands before it. */
  lose(document: string, seq: number): void {
    const kept = this.#of(document);
    for (const row of kept.rows.values()) if (row.serverSeq === seq) kept.rows.delete(row.key);
    if (seq < kept.reach) kept.beyond.set(seq + 1, kept.reach);
    kept.reach = Math.min(kept.reach, seq - 1);
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
    const kept = this.#documents.get(document) ?? {
      incarnation: null,
      rows: new Map<string, UpdateRow>(),
      unacknowledged: new Set<string>(),
      merged: [],
      reach: 0,
      beyond: new Map<number, number>(),
    };
    this.#documents.set(document, kept);
    return kept;
  }

  #park(document: string, keys: readonly string[], reason: string): void {
    const kept = this.#of(document);
    for (const key of keys) {
      const row = kept.rows.get(key);
      if (row !== undefined) this.parked.push({ row, reason });
      kept.rows.delete(key);
      kept.unacknowledged.delete(key);
    }
  }
}

function markDurable(kept: Kept, key: string, seq: number): void {
  const row = kept.rows.get(key);
  if (!kept.unacknowledged.delete(key) || row === undefined) return;
  kept.rows.set(key, { ...row, state: 'durable', serverSeq: seq });
}

function reach(kept: Kept, first: number, seq: number): void {
  kept.beyond.set(first, Math.max(seq, kept.beyond.get(first) ?? 0));
  for (let next = first <= kept.reach + 1 ? first : kept.reach + 1; kept.beyond.has(next); next = kept.reach + 1) {
    kept.reach = Math.max(kept.reach, kept.beyond.get(next) ?? 0);
    kept.beyond.delete(next);
  }
}
