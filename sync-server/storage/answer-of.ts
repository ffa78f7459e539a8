import { ok } from '#lib/domain/result.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';

/** What whoever gave the command of an erased entry is answered when they ask again. */
export function answerOf({ remains = [] }: LogEntry): string {
  return JSON.stringify(ok(remains));
}
