/**
 * The decision log: every decision in order, each entry carrying the hash of the one before, so that nothing can be
 * changed, taken out or put in between without being seen. (G18 to G20)
 */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Command, GivenCommand } from './command.ts';
import { fullDigest } from './digest.ts';
import type { DecisionEvent } from './event.ts';

/** Where a log ends: the number and hash of its last entry. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** The head of a log without entries. */
export const EMPTY_LOG: Head = { seq: 0, hash: '0'.repeat(64) };

export interface LogEntry {
  /** 1, 2, 3 ... without holes. */
  readonly seq: number;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  readonly commandId: string;
  readonly command: Command['kind'];
  readonly by: string;
  /** When it was decided, by the decider's clock, and whether a device or a server decided. */
  readonly decidedAt: string;
  readonly decider: 'device' | 'server';
  /** SHA-256 over salt and contents, so that contents can be erased and the chain still verifies. */
  readonly digest: string;
  /** SHA-256 over everything above. */
  readonly hash: string;
  /** Null once erased. */
  readonly contents: LogContents | null;
  /** What is left of the events of erased contents, so that the state can still be worked out. (E3) */
  readonly remains?: readonly DecisionEvent[];
}

interface LogContents {
  /** 32 random hex digits: without it a digest of short contents could be guessed. */
  readonly salt: string;
  /** When the command was given by the giver's clock, and the digest of the command as given. */
  readonly givenAt: string;
  readonly commandDigest: string;
  readonly events: readonly DecisionEvent[];
}

export interface Decision {
  readonly given: GivenCommand;
  readonly events: readonly DecisionEvent[];
  readonly decidedAt: string;
  readonly decider: 'device' | 'server';
  readonly salt: string;
}

export interface LogFault {
  /** The number of the first bad entry. */
  readonly seq: number;
  readonly why:
    | 'malformed'
    | 'out-of-sequence'
    | 'does-not-follow'
    | 'hash-differs'
    | 'contents-differ'
    /** The log ends before the head it is checked against, or at another one. */
    | 'truncated'
    /** Its contents are erased, so the state after it cannot be worked out. */
    | 'contents-erased'
    /** Its events cannot have been decided in the state before. */
    | 'impossible';
}

/** The next entry of the log that ends at `head`. */
export function appendDecision(head: Head, decision: Decision): LogEntry {
  const { given, events, decidedAt, decider, salt } = decision;
  const contents = { salt, givenAt: given.at, commandDigest: fullDigest(given.command), events };
  const chained = {
    seq: head.seq + 1,
    previous: head.hash,
    commandId: given.id,
    command: given.command.kind,
    by: given.by,
    decidedAt,
    decider,
    digest: fullDigest(contents),
  };
  return { ...chained, hash: fullDigest(chained), contents };
}

/** The head of the log that ends with this entry. */
export function headOf({ seq, hash }: LogEntry): Head {
  return { seq, hash };
}

/** Whether entries follow each other unchanged from one head to another; the first fault when not. */
export function verifyLog(
  entries: Iterable<LogEntry>,
  from: Head = EMPTY_LOG,
  to: Head | null = null,
): Result<Head, LogFault> {
  let head = from;
  for (const entry of entries) {
    const why = faultOf(entry, head);
    if (why) return err({ seq: head.seq + 1, why });
    head = headOf(entry);
  }
  if (to && (head.seq !== to.seq || head.hash !== to.hash)) return err({ seq: head.seq, why: 'truncated' });
  return ok(head);
}

function faultOf(entry: LogEntry, head: Head): LogFault['why'] | null {
  const { hash, contents, remains: _remains, ...chained } = entry;
  if (entry.seq !== head.seq + 1) return 'out-of-sequence';
  if (entry.previous !== head.hash) return 'does-not-follow';
  if (fullDigest(chained) !== hash) return 'hash-differs';
  if (contents && fullDigest(contents) !== entry.digest) return 'contents-differ';
  return null;
}
