/** A local workspace's decider: this device, by the same rules as the server, one tab at a time. */
import { applyWrites } from '#lib/documents/apply-writes.ts';
import { factOf } from '#lib/documents/content.ts';
import { newDocument, type Doc } from '#lib/documents/new-document.ts';
import { applyRows, updatesOf } from '#lib/documents/replica.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { hexOf } from '#lib/domain/sha256.ts';
import { documentsFor, type DocumentFact, type Facts } from '#lib/governance/approval/facts.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import { appendDecision, EMPTY_LOG, headOf, type Head, type LogEntry } from '#lib/governance/decision-log.ts';
import { decide } from '#lib/governance/decide.ts';
import { evolve } from '#lib/governance/evolve.ts';
import { parseGivenCommand } from '#lib/governance/parse-command.ts';
import { replay, type Standpoint } from '#lib/governance/replay.ts';
import { initialState } from '#lib/governance/state.ts';
import type { DocumentWrite } from '#lib/governance/document-write.ts';
import { writesOf } from '#lib/governance/writes.ts';
import { decideAlone, entriesAfter, keepDecision } from '#lib/store/decision-log.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import type { Decider, Outcome } from './decider.ts';

interface LocalLog {
  /** Runs `work` while no other tab of this workspace decides. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  readonly entriesAfter: (seq: number) => Promise<Result<readonly LogEntry[], StoreFailure>>;
  /** The entry and the rows it makes, in one transaction; refused when the log does not end at `head`. */
  readonly append: (
    head: Head,
    entry: LogEntry,
    rows: readonly TypedUpdate[],
  ) => Promise<Result<unknown, StoreFailure>>;
  readonly load: (document: string) => Promise<Result<{ readonly rows: readonly UpdateRow[] }, StoreFailure>>;
  readonly now: () => number;
  /** 32 random hex digits. */
  readonly salt: () => string;
}

interface TypedUpdate {
  readonly document: string;
  readonly bytes: Uint8Array;
}

class LocalDecider implements Decider {
  readonly #log: LocalLog;
  #at: Standpoint = theBeginning();
  /** Documents as this decider wrote them. Ledger documents start empty here: their entries' ids are always new. */
  readonly #written = new Map<string, Doc>();

  constructor(log: LocalLog) {
    this.#log = log;
  }

  give(given: GivenCommand): Promise<Outcome> {
    return this.#log.exclusively(() => this.#decide(given));
  }

  async #decide(asked: GivenCommand): Promise<Outcome> {
    // By the same door as at the server: what is decided here must be readable there when the workspace is shared.
    const read = parseGivenCommand(asked);
    if (!read.ok) return { kind: 'refused', refusal: read.error };
    const given = read.value;
    const caughtUp = await this.#catchUp();
    if (!caughtUp.ok) return { kind: 'not-kept', why: caughtUp.error };
    const { head, state } = this.#at;
    const decidedAt = new Date(this.#log.now()).toISOString();
    const facts = await this.#factsOf(documentsFor(given.command, state));
    if (!facts.ok) return { kind: 'not-kept', why: facts.error };
    const decided = decide(state, given, decidedAt, facts.value);
    if (!decided.ok) return { kind: 'refused', refusal: decided.error };
    const events = decided.value;
    if (events.length === 0) return { kind: 'done', events };
    const entry = appendDecision(head, { given, events, decidedAt, decider: 'device', salt: this.#log.salt() });
    const rows = await this.#rowsOf(writesOf(events, state));
    if (!rows.ok) return { kind: 'not-kept', why: rows.error };
    const appended = await this.#log.append(head, entry, rows.value);
    if (!appended.ok) return this.#startOver(appended.error);
    this.#at = { head: headOf(entry), state: events.reduce(evolve, state) };
    return { kind: 'done', events };
  }

  /** Folds what other tabs decided since. */
  async #catchUp(): Promise<Result<null, StoreFailure>> {
    const entries = await this.#log.entriesAfter(this.#at.head.seq);
    if (!entries.ok) return entries;
    if (entries.value.length === 0) return ok(null);
    this.#written.clear();
    const replayed = replay(entries.value, this.#at);
    if (!replayed.ok) {
      const { seq, why } = replayed.error;
      this.#startOver({ kind: 'cannot-write', cause: '' });
      return err({ kind: 'cannot-write', cause: `entry ${seq} of the decision log is damaged: ${why}` });
    }
    this.#at = replayed.value;
    return ok(null);
  }

  /** What was written in memory did not reach the disk: forget it all and read again next time. */
  #startOver(why: StoreFailure): Outcome {
    this.#at = theBeginning();
    this.#written.clear();
    return { kind: 'not-kept', why };
  }

  /** The documents as this device has them; who wrote in them is not known here. */
  async #factsOf(names: readonly string[]): Promise<Result<Facts, StoreFailure>> {
    const documents = new Map<string, DocumentFact>();
    for (const name of names) {
      const loaded = await this.#log.load(name);
      if (!loaded.ok) return loaded;
      const doc = newDocument();
      applyRows(doc, loaded.value.rows);
      documents.set(name, factOf(name, doc, { head: loaded.value.rows.length, authors: [] }));
      doc.destroy();
    }
    return ok({ documents });
  }

  async #rowsOf(writes: readonly DocumentWrite[]): Promise<Result<readonly TypedUpdate[], StoreFailure>> {
    const rows: TypedUpdate[] = [];
    for (const [document, ofDocument] of Map.groupBy(writes, (write) => write.document)) {
      const doc = await this.#document(document);
      if (!doc.ok) return doc;
      const updates = updatesOf(doc.value, () => applyWrites(doc.value, ofDocument));
      rows.push(...updates.map((bytes) => ({ document, bytes })));
    }
    return ok(rows);
  }

  async #document(name: string): Promise<Result<Doc, StoreFailure>> {
    const written = this.#written.get(name);
    if (written !== undefined) return ok(written);
    const doc = newDocument();
    if (!name.startsWith('ledger/')) {
      const loaded = await this.#log.load(name);
      if (!loaded.ok) return loaded;
      applyRows(doc, loaded.value.rows);
    }
    // A plan is written in by its holders too: it is read again each time.
    if (!name.startsWith('plan/')) this.#written.set(name, doc);
    return ok(doc);
  }
}

function theBeginning(): Standpoint {
  return { head: EMPTY_LOG, state: initialState() };
}

/** The decider of the workspace in this database. */
export function localDecider(log: UpdateLog): Decider {
  const { database } = log;
  return new LocalDecider({
    exclusively: (work) => decideAlone(database, work),
    entriesAfter: (seq) => entriesAfter(database, seq),
    append: (head, entry, updates) => keepDecision(log, head, entry, updates),
    load: (document) => log.load(document),
    now: Date.now,
    salt: () => hexOf(crypto.getRandomValues(new Uint8Array(16))),
  });
}
