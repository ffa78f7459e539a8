/** Working out the state from a log: one's own after a restart, or one that was decided elsewhere. */
import * as v from 'valibot';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { EMPTY_LOG, verifyLog, type Head, type LogEntry, type LogFault } from './decision-log.ts';
import { tryEvolve } from './evolve.ts';
import { logEntry } from './schema/log-schema.ts';
import { initialState, type State } from './state.ts';

/** The state at the end of a log. */
export interface Standpoint {
  readonly head: Head;
  readonly state: State;
}

/**
 * Folds entries onto what came before them, checking that each follows unchanged. Nothing is decided again: what a
 * local workspace decided stays decided when it is shared. The standpoint given is spent, also by a fault. (G16)
 */
export function replay(
  entries: Iterable<LogEntry>,
  from: Standpoint = { head: EMPTY_LOG, state: initialState() },
): Result<Standpoint, LogFault> {
  let { head, state } = from;
  for (const entry of entries) {
    const next = verifyLog([entry], head);
    if (!next.ok) return next;
    head = next.value;
    if (!entry.contents) return err({ seq: entry.seq, why: 'contents-erased' });
    for (const event of entry.contents.events) {
      const evolved = tryEvolve(state, event);
      if (!evolved.ok) return err({ seq: entry.seq, why: evolved.error });
      state = evolved.value;
    }
  }
  return ok({ head, state });
}

/** A log entry in something that came from another device, a store or a backup; null when it is not one. */
export function parseLogEntry(value: unknown): LogEntry | null {
  const entry = v.safeParse(logEntry, value, { abortEarly: true });
  return entry.success ? entry.output : null;
}

/** Reads and replays a log that travelled along with a workspace, to be kept and continued. (G16) */
export function adoptLog(values: readonly unknown[]): Result<Standpoint & { entries: readonly LogEntry[] }, LogFault> {
  const entries: LogEntry[] = [];
  for (const value of values) {
    const entry = parseLogEntry(value);
    if (!entry) return err({ seq: entries.length + 1, why: 'malformed' });
    entries.push(entry);
  }
  const standpoint = replay(entries);
  return standpoint.ok ? ok({ ...standpoint.value, entries }) : standpoint;
}
