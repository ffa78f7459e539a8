/**
 * The entries of the audit chain: what was written to a workspace and by whom, each carrying the hash of the one
 * before. (A1 to A5)
 */
import type { Head } from '../decision-log.ts';

export type AuditEntry = AuditEntryOf<'batch', BatchContents> | AuditEntryOf<'decision', DecisionContents>;

interface AuditEntryOf<Kind extends string, Contents> {
  /** 1, 2, 3 … without holes. */
  readonly seq: number;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  /** When it was written, by the server's clock. */
  readonly at: string;
  readonly kind: Kind;
  /** SHA-256 over the contents, so that they can be erased and the chain still verifies. */
  readonly digest: string;
  /** SHA-256 over everything above. */
  readonly hash: string;
  /** Null once erased. */
  readonly contents: Contents | null;
}

/** Consecutive rows of one document that one member's device wrote in one transaction. */
export interface BatchContents {
  /** 32 random hex digits. */
  readonly salt: string;
  readonly member: string;
  readonly device: string;
  readonly document: string;
  readonly incarnation: string;
  /** Numbers of the rows in the document's log. */
  readonly first: number;
  readonly last: number;
  /** Merkle root of the SHA-256 of each update. (A4) */
  readonly root: string;
}

/** One entry of the decision log. */
interface DecisionContents {
  readonly salt: string;
  /** Number and hash of the log's entry. */
  readonly log: number;
  readonly logHash: string;
  /** Kind of the command, and the member who gave it. */
  readonly command: string;
  readonly by: string;
}

/** Stands in the place of contents that the reader may not have. */
export const WITHHELD = 'withheld';

/** An entry as it is told to whoever may read only a part (A19): `contents` are null where they were erased, for everybody. */
export type ToldEntry = AuditEntry | WithheldEntry;

type WithheldEntry = Omit<AuditEntry, 'contents'> & { readonly contents: typeof WITHHELD };

/** What is to become an entry: it has everything but its place. */
export type AuditFact =
  | { readonly kind: 'batch'; readonly at: string; readonly contents: BatchContents }
  | { readonly kind: 'decision'; readonly at: string; readonly contents: DecisionContents };

/** Number and hash of the last entry of a chain. */
export type ChainHead = Head;

/** The head of a chain without entries. */
export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: '0'.repeat(64) };
