/** A page of the chain for whoever may read only a part of the workspace: what else it says stays here. (A19) */
import type { AuditEntry, ToldEntry } from '#lib/governance/audit/entry.ts';
import { told } from '#lib/governance/audit/told.ts';
import type { Listener } from '#lib/governance/audit/told.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { Storage } from '../storage/storage.ts';

/** Log entries that are held at once: each may be as large as a command. */
const LOG_PAGE = 100;

export async function toldPage(
  storage: Pick<Storage, 'log'>,
  workspace: string,
  entries: readonly AuditEntry[],
  listener: Omit<Listener, 'decision'>,
): Promise<readonly ToldEntry[]> {
  const page: ToldEntry[] = [];
  for (const run of runsOf(entries)) {
    const logs = await decisionsOf(storage, workspace, run);
    page.push(...run.map((entry) => told(entry, { ...listener, decision: (log) => logs.get(log) })));
  }
  return page;
}

function* runsOf(entries: readonly AuditEntry[]): Generator<readonly AuditEntry[]> {
  for (let at = 0; at < entries.length; at += LOG_PAGE) yield entries.slice(at, at + LOG_PAGE);
}

/** The log entries that the decisions among these entries stand for: consecutive ones, as the chain has their order. */
async function decisionsOf(
  storage: Pick<Storage, 'log'>,
  workspace: string,
  entries: readonly AuditEntry[],
): Promise<ReadonlyMap<number, LogEntry>> {
  const numbers = entries.flatMap(({ kind, contents }) =>
    kind === 'decision' && contents !== null ? [contents.log] : [],
  );
  if (numbers.length === 0) return new Map();
  const first = Math.min(...numbers);
  const log = await storage.log(workspace, first - 1, Math.max(...numbers) - first + 1);
  return new Map(log.map((entry) => [entry.seq, entry]));
}
