/**
 * The chain as it is told to whoever may read only a part of the workspace: every entry with its place and digests, so
 * that it verifies, and what it says only where that is about documents they may read. (A19, A20)
 */
import type { ApprovalRequest } from '../approval/request.ts';
import type { LogEntry } from '../decision-log.ts';
import { DECISIONS_DOCUMENT } from '../document-write.ts';
import type { DecisionEvent } from '../event.ts';
import { capturerOf, type LedgerEntry } from '#lib/domain/ledger/entry.ts';
import { WITHHELD, type AuditEntry, type ToldEntry } from './entry.ts';

/** What telling rests on: whether a document may be read, and the log entry of a number where it is known. */
export interface Listener {
  readonly mayRead: (document: string) => boolean;
  readonly decision: (log: number) => LogEntry | undefined;
  readonly request: (id: string) => Pick<ApprovalRequest, 'areas'> | undefined;
}

/** The entry without its contents, unless every document that these are about may be read. */
export function told(entry: AuditEntry, listener: Listener): ToldEntry {
  if (entry.contents === null) return entry;
  const documents = entry.kind === 'batch' ? [entry.contents.document] : decidedIn(entry.contents.log, listener);
  const isOpen = documents.length > 0 && documents.every((document) => document !== null && listener.mayRead(document));
  return isOpen ? entry : { ...entry, contents: WITHHELD };
}

/** None where nobody can say any more what was decided; null for a document that cannot be named. */
function decidedIn(log: number, { decision, request }: Listener): readonly (string | null)[] {
  const entry = decision(log);
  const events = entry?.contents?.events ?? entry?.remains ?? [];
  return events.flatMap((event) => documentsOf(event, request));
}

/** The documents that an event is about. What no area keeps to itself stands where everybody reads it. */
function documentsOf(event: DecisionEvent, request: Listener['request']): readonly (string | null)[] {
  switch (event.kind) {
    case 'posted':
      return event.postings.flatMap(({ entry }) => (entry.generation === 1 ? [ledgerOf(entry)] : correctedIn(entry)));
    case 'returned':
      return event.reversals.flatMap(correctedIn);
    case 'reversed':
      return event.reversals.map(ledgerOf);
    case 'recoded':
      return event.recodings.flatMap(({ reversal, entry }) => [ledgerOf(reversal), ledgerOf(entry)]);
    case 'submitted':
      return event.request.areas.map(approvalsIn);
    case 'approved':
    case 'submission-ended':
      return request(event.request)?.areas.map(approvalsIn) ?? [null];
    case 'transferred':
      return [
        ...(request(event.request)?.areas.map(approvalsIn) ?? [null]),
        ...event.phases.map(({ document }) => document),
      ];
    case 'workspace-founded':
    case 'workspace-renamed':
    case 'department-added':
    case 'department-revised':
    case 'department-closed':
    case 'area-marked':
    case 'calendar-set':
    case 'rates-set':
    case 'rate-removed':
    case 'policy-set':
    case 'period-closed':
    case 'period-reopened':
    case 'amendment-opened':
    case 'invited':
    case 'invitation-revoked':
    case 'member-joined':
    case 'member-renamed':
    case 'granted':
    case 'grant-revoked':
    case 'member-removed':
    case 'member-erased':
    case 'retention-set':
    case 'delegated':
    case 'delegation-revoked':
      return [DECISIONS_DOCUMENT];
  }
}

function ledgerOf({ period, area }: LedgerEntry): string {
  return `ledger/${period}/${area}`;
}

/** Whoever captured it is told as well. */
function correctedIn(entry: LedgerEntry): readonly string[] {
  return [ledgerOf(entry), `returns/${capturerOf(entry)}`];
}

function approvalsIn(area: string): string {
  return `approvals/${area}`;
}
