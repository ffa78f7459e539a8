/** What a transaction wrote, as the facts that its audit entries state. (A1, A3) */
import type { LogEntry } from '../decision-log.ts';
import type { AuditFact, BatchContents } from './entry.ts';
import { updateRoot } from './merkle.ts';

/** A row of a document as it was appended. */
export interface WrittenRow {
  readonly document: string;
  readonly incarnation: string;
  readonly author: { readonly member: string; readonly device: string };
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** 128 random bits as 32 hex digits. */
export type NewSalt = () => string;

/**
 * One fact for each run of consecutive rows that one member's device wrote in one document, in the order in which the
 * runs began. Rows of several documents may come mixed.
 */
export function batchFacts(rows: readonly WrittenRow[], at: string, newSalt: NewSalt): readonly AuditFact[] {
  return runsOf(rows).map((run) => ({ kind: 'batch', at, contents: batchContents(run, newSalt()) }));
}

/** One fact for each entry of the decision log. */
export function decisionFacts(entries: readonly LogEntry[], at: string, newSalt: NewSalt): readonly AuditFact[] {
  return entries.map(({ seq, hash, command, by }) => ({
    kind: 'decision',
    at,
    contents: { salt: newSalt(), log: seq, logHash: hash, command, by },
  }));
}

type Run = [WrittenRow, ...WrittenRow[]];

function runsOf(rows: readonly WrittenRow[]): readonly Run[] {
  const runs: Run[] = [];
  const lastRun = new Map<string, Run>();
  for (const row of rows) {
    const run = lastRun.get(row.document);
    const before = run?.at(-1);
    if (run && before && continues(before, row)) {
      run.push(row);
      continue;
    }
    const begun: Run = [row];
    runs.push(begun);
    lastRun.set(row.document, begun);
  }
  return runs;
}

function continues(before: WrittenRow, row: WrittenRow): boolean {
  return (
    before.seq + 1 === row.seq &&
    before.incarnation === row.incarnation &&
    before.author.member === row.author.member &&
    before.author.device === row.author.device
  );
}

function batchContents(run: Run, salt: string): BatchContents {
  const [{ document, incarnation, author, seq }] = run;
  return {
    salt,
    member: author.member,
    device: author.device,
    document,
    incarnation,
    first: seq,
    last: seq + run.length - 1,
    root: updateRoot(run.map((row) => row.bytes)),
  };
}
