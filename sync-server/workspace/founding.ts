/**
 * A workspace that was founded on a device moves to the server. Its decision log comes along and is kept as that device
 * attested it; the documents that follow from the log are made here, so that they cannot say anything else.
 */
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { Head as LogHead, LogEntry, LogFault } from '#lib/governance/decision-log.ts';
import { parseLogEntry, replay } from '#lib/governance/replay.ts';
import type { Standpoint } from '#lib/governance/replay.ts';
import { initialState } from '#lib/governance/state.ts';
import { writesOf } from '#lib/governance/writes.ts';
import type { DocumentWrite } from '#lib/governance/document-write.ts';
import type { Storage } from '../storage/storage.ts';
import { DecidedDocuments } from './decided-documents.ts';
import { LineReader } from './line-reader.ts';
import type { Surroundings } from './surroundings.ts';

/** One entry as a line of JSON. */
const ENTRY_BYTES = 4 * 1024 * 1024;

interface Attested {
  readonly founder: string;
  readonly head: LogHead;
}

export class Founding {
  readonly #workspace: string;
  readonly #storage: Storage;
  readonly #documents: DecidedDocuments;
  readonly #now: () => Date;
  readonly #lines = new LineReader(ENTRY_BYTES);
  #standpoint: Standpoint = { head: EMPTY_LOG, state: initialState() };

  constructor(workspace: string, { storage, now, newId }: Surroundings) {
    this.#workspace = workspace;
    this.#storage = storage;
    this.#now = now;
    this.#documents = new DecidedDocuments(workspace, storage, newId);
  }

  /** The next part of the log: kept when every entry follows from those before, and nobody else began anew. */
  async receive(part: Uint8Array): Promise<Result<null, LogFault | 'overtaken'>> {
    const { head } = this.#standpoint;
    const entries: LogEntry[] = [];
    const writes: DocumentWrite[] = [];
    for (const line of this.#lines.read(part)) {
      const entry = line === null ? null : parseLogEntry(readJson(line));
      if (entry === null) return err({ seq: this.#standpoint.head.seq + 1, why: 'malformed' });
      const { state } = this.#standpoint;
      const next = replay([entry], this.#standpoint);
      if (!next.ok) return next;
      // The state before is spent for deciding, but still tells what the events change.
      writes.push(...writesOf(entry.contents?.events ?? [], state));
      entries.push(entry);
      this.#standpoint = next.value;
    }
    const rows = await this.#documents.rowsOf(writes, this.#now().getTime());
    const committed = await this.#storage.commitDecision({
      workspace: this.#workspace,
      head,
      entries,
      rows,
      answers: [],
      joiners: [],
      nextEpoch: false,
      seals: [],
      unseals: [],
    });
    return committed.ok ? ok(null) : err('overtaken');
  }

  /** Who founded the workspace and where its log ends, once it is complete; null when it founds none. */
  attested(): Attested | null {
    const { head, state } = this.#standpoint;
    return this.#lines.isEmpty && state.workspace !== null ? { founder: state.workspace.founder, head } : null;
  }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
