/** Working out the state from a log: one's own after a restart, or one that was decided elsewhere. */
import * as v from 'valibot';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { EMPTY_LOG, verifyLog, type Head, type LogEntry, type LogFault } from './decision-log.ts';
import { fullDigest } from './digest.ts';
import { tryEvolve } from './evolve.ts';
import type { Remains } from './people/event.ts';
import { logEntry } from './schema/log-schema.ts';
import { initialState, type State } from './state.ts';

/** The state at the end of a log. */
export interface Standpoint {
  readonly head: Head;
  readonly state: State;
  /** Digests, by number, of what is left of erased entries, until the entry that erased them has confirmed it. */
  readonly unconfirmed?: ReadonlyMap<number, string>;
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
  const unconfirmed = new Map(from.unconfirmed);
  for (const entry of entries) {
    const next = verifyLog([entry], head);
    if (!next.ok) return next;
    head = next.value;
    const events = entry.contents?.events ?? entry.remains;
    if (!events) return err({ seq: entry.seq, why: 'contents-erased' });
    if (!entry.contents) unconfirmed.set(entry.seq, fullDigest(events));
    for (const event of events) {
      const evolved = tryEvolve(state, event);
      if (!evolved.ok) return err({ seq: entry.seq, why: evolved.error });
      state = evolved.value;
      if (event.kind === 'member-erased') confirm(unconfirmed, event.remains);
    }
  }
  return ok({ head, state, ...(unconfirmed.size > 0 && { unconfirmed }) });
}

function confirm(unconfirmed: Map<number, string>, remains: readonly Remains[]): void {
  for (const { seq, digest } of remains) if (unconfirmed.get(seq) === digest) unconfirmed.delete(seq);
}

/** The first entry whose remains nothing confirms: they are not what an erasure left. */
export function faultOfRemains({ unconfirmed }: Standpoint): LogFault | null {
  const [seq] = unconfirmed?.keys() ?? [];
  return seq === undefined ? null : { seq, why: 'contents-differ' };
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
  if (!standpoint.ok) return standpoint;
  const fault = faultOfRemains(standpoint.value);
  return fault ? err(fault) : ok({ ...standpoint.value, entries });
}
