/**
 * The decision log: every decision in order, each entry carrying the hash of the one before, so that nothing can be
 * changed, taken out or put in between without being seen.
 */
import type { Result } from '#lib/domain/result.ts';
import type { Command, GivenCommand } from './command.ts';
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
}

export interface LogContents {
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
    | 'device-after-server'
    | 'truncated';
}

/** The next entry of the log that ends at `head`. */
export function appendDecision(_head: Head, _decision: Decision): LogEntry {
  throw new Error('appendDecision is not built yet');
}

/** Whether entries follow each other unchanged from one head to another; the first fault when not. */
export function verifyLog(
  _entries: Iterable<LogEntry>,
  _from: Head = EMPTY_LOG,
  _to: Head | null = null,
): Result<Head, LogFault> {
  throw new Error('verifyLog is not built yet');
}
