/**
 * Where the server keeps everything, behind one interface: SQLite by default. A promise that resolves means written to
 * disk. `tests/sync/storage/contract.ts` says in tests what every implementation must do.
 */
import type { Result } from '#lib/domain/result.ts';
import type { AuditEntry, ChainHead } from '#lib/governance/audit/entry.ts';
import type { Head as LogHead, LogEntry } from '#lib/governance/decision-log.ts';
import type { MemberDevice } from '#lib/governance/privacy/person-file.ts';
import type { ClientBinding, Head, NackReason } from '#lib/sync/protocol.ts';
import type { Author, ClientRange } from '../update/client-binding.ts';

export interface Storage {
  /** The workspace, when its founding is complete. */
  workspace(id: string): Promise<Workspace | null>;
  /** Those whose founding is complete. */
  workspaces(): Promise<readonly string[]>;
  /** Starts founding anew; what an unfinished founding left behind is gone. `taken` when the workspace is complete. */
  beginFounding(id: string, at: string): Promise<Result<null, 'taken'>>;
  /**
   * Completes a founding whose log ends at `head`: from here on the workspace is found, with its founder as member.
   * `overtaken`: somebody else began anew meanwhile, or was first.
   */
  finishFounding(id: string, founder: Joiner, head: LogHead): Promise<Result<null, 'overtaken'>>;

  device(workspace: string, device: string): Promise<Device | null>;
  devicesOf(workspace: string, member: string): Promise<readonly MemberDevice[]>;
  /** Takes every device of a member out: none of them may connect any more. */
  forgetDevices(workspace: string, member: string): Promise<void>;
  /** Another device of a member. */
  addDevice(workspace: string, device: Joiner): Promise<void>;

  heads(workspace: string): Promise<readonly Head[]>;
  head(workspace: string, document: string): Promise<Head | null>;
  /** Rows after a number, in order, as many as fit into `maxBytes` but at least one, with the client ids bound by them. */
  rows(workspace: string, document: string, after: number, maxBytes: number): Promise<Page>;
  /** Yjs clock of every client id that wrote in the document: everything before it is here. */
  clocks(workspace: string, document: string): Promise<ReadonlyMap<number, number>>;
  /**
   * Appends in the order given, in one transaction. A document that does not exist begins with the row's incarnation.
   * A row that is not kept takes all later ones of its author and document with it: they were typed on top of it.
   * What is here already is a duplicate, whatever was sealed or decided since.
   */
  append(rows: readonly IncomingRow[]): Promise<readonly Appended[]>;
  /** Merges runs of small rows, never across a gap. True when it found something to merge. */
  compact(workspace: string, document: string): Promise<boolean>;
  /**
   * Begins the document anew under another incarnation (`renewedIncarnation`: devices let go of what they had) with these
   * updates as its only rows.
   */
  reincarnate(workspace: string, document: string, incarnation: string, rows: readonly IncomingRow[]): Promise<void>;

  logHead(workspace: string): Promise<LogHead>;
  /** Entries after a number, in order. */
  log(workspace: string, after: number, limit: number): Promise<readonly LogEntry[]>;
  /** The answer once given to a command, and to whom. */
  answer(workspace: string, command: string): Promise<GivenAnswer | null>;
  /**
   * Log entries, the document rows that follow from them, seals and the answer, in one transaction or not at all. Its
   * rows are the decider's own: neither a seal nor the epoch holds them up. `document-moved`: a document to be sealed
   * ends elsewhere or has a gap.
   */
  commitDecision(decision: DecisionCommit): Promise<Result<readonly Appended[], 'head-moved' | 'document-moved'>>;

  /** How often what members may do has changed in this workspace: 0, 1, 2… */
  epoch(workspace: string): Promise<number>;
  /** The seal on a document; null while it is open. */
  sealOf(workspace: string, document: string): Promise<Seal | null>;
  /** The bytes that were sealed under this hash; they outlive the seal. */
  snapshot(workspace: string, hash: string): Promise<Uint8Array | null>;

  /**
   * Entries of the audit chain after a number, in order. Whatever `append`, `reincarnate` and `commitDecision` write is in
   * it by the same transaction.
   */
  audit(workspace: string, after: number, limit: number): Promise<AuditPage>;
  auditHead(workspace: string): Promise<ChainHead>;
  /**
   * The SHA-256, hex, of the updates that rows `first` to `last` of the document were when they came, by their numbers:
   * also of those that were merged since. Without those that were merged before hashes were kept.
   */
  updateHashes(workspace: string, document: string, first: number, last: number): Promise<ReadonlyMap<number, string>>;
  /** Forgets what these entries say; the chain still verifies. */
  eraseAudit(workspace: string, seqs: readonly number[]): Promise<void>;

  /** A durable write that changes nothing: whether writing works again. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

export interface Workspace {
  readonly id: string;
  readonly founder: string;
}

/** A member's device, from joining or founding on. */
export interface Joiner {
  readonly member: string;
  readonly device: string;
  readonly publicKey: Uint8Array;
  readonly at: string;
}

interface Device {
  readonly id: string;
  readonly member: string;
  readonly publicKey: Uint8Array;
}

export interface IncomingRow {
  readonly workspace: string;
  readonly document: string;
  readonly incarnation: string;
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
  readonly author: Author;
  readonly ranges: readonly ClientRange[];
  /** Epoch milliseconds, by the server's clock. */
  readonly receivedAt: number;
  /** The workspace's epoch when it was judged that the author may write here. */
  readonly epoch: number;
}

/**
 * `duplicate`: a row of this key is here already. `stale`: the document has another incarnation by now. `epoch-moved`:
 * rights have changed since the author was judged; judge again.
 */
export type Appended =
  | { readonly kind: 'appended'; readonly seq: number; readonly bound: readonly ClientBinding[] }
  | { readonly kind: 'duplicate'; readonly seq: number }
  | { readonly kind: 'refused'; readonly reason: NackReason }
  | { readonly kind: 'stale' }
  | { readonly kind: 'epoch-moved'; readonly epoch: number };

export interface StoredRow {
  readonly first: number;
  readonly seq: number;
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
}

export interface Page {
  readonly rows: readonly StoredRow[];
  readonly clients: readonly ClientBinding[];
  /** Number of a row that is gone, or whose bytes are not those that were written: reading stopped before it. */
  readonly damagedAt: number | null;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** Number of an entry that is no longer what was written: reading stopped before it, and may go on after it. */
  readonly damagedAt: number | null;
}

/** What was answered to a member's command, as JSON. It is told to nobody else. */
export interface GivenAnswer {
  readonly member: string;
  readonly answer: string;
}

export interface DecisionCommit {
  readonly workspace: string;
  /** Where the log must end for this to be committed. */
  readonly head: LogHead;
  readonly entries: readonly LogEntry[];
  readonly rows: readonly IncomingRow[];
  readonly answers: readonly (GivenAnswer & { readonly command: string })[];
  /** Devices that are somebody's from this decision on. */
  readonly joiners: readonly Joiner[];
  /** The decision changes what members may do: what was judged before it is judged again. */
  readonly nextEpoch: boolean;
  /** Documents to seal where this commit leaves them; one that is sealed already is sealed anew. */
  readonly seals: readonly NewSeal[];
  /** Documents to open again. */
  readonly unseals: readonly string[];
  /** Entries of the log whose contents are erased, to stand in place of what they were; their answers with them. */
  readonly redactions?: readonly LogEntry[];
  /** Documents that begin anew under another incarnation: of them there is what `rows` bring, and nothing else. */
  readonly renewals?: readonly Renewal[];
}

export interface Renewal {
  readonly document: string;
  readonly incarnation: string;
}

export interface Seal {
  readonly document: string;
  /** Where the document's log ends. */
  readonly head: number;
  readonly hash: string;
}

export interface NewSeal extends Seal {
  /** What was sealed, as the hash was taken of it. */
  readonly snapshot: Uint8Array;
}

/** Writing failed for a reason outside: thrown by every implementation, and never acknowledged around. */
export class StorageTrouble extends Error {
  /** `unreachable`: the database does not answer; it may again. `too-new`: a newer Outlay has written here. */
  readonly kind: 'locked' | 'disk-full' | 'storage-failed' | 'unreachable' | 'too-new';

  constructor(kind: StorageTrouble['kind'], cause: unknown) {
    super(`storage: ${kind}`, { cause });
    this.kind = kind;
  }
}
