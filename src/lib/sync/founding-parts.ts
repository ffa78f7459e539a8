/** A decision log as it is sent when a workspace moves to the server: lines of JSON, cut into parts of bounded size. */
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { LIMITS } from './protocol.ts';

export interface FoundingPart {
  readonly part: Uint8Array;
  readonly last: boolean;
}

/** The last part is empty and says so. */
export function* foundingParts(log: Iterable<LogEntry>): Generator<FoundingPart> {
  let lines: string[] = [];
  let characters = 0;
  for (const entry of log) {
    const line = `${JSON.stringify(entry)}\n`;
    lines.push(line);
    characters += line.length;
    if (characters < LIMITS.foundingPart / 2) continue;
    yield* cut(lines);
    lines = [];
    characters = 0;
  }
  yield* cut(lines);
  yield { part: new Uint8Array(0), last: true };
}

function* cut(lines: readonly string[]): Generator<FoundingPart> {
  const bytes = new TextEncoder().encode(lines.join(''));
  for (let from = 0; from < bytes.length; from += LIMITS.foundingPart) {
    yield { part: bytes.subarray(from, from + LIMITS.foundingPart), last: false };
  }
}
