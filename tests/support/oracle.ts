/**
 * Whether a record holds anything that was not allowed, judged by rules that are written out here once more and share
 * nothing with the table and the checks of the server: who held which role when the audit chain says they wrote, which
 * documents were sealed by then, and which only the server itself writes.
 */
import type { AuditEntry, BatchContents } from '#lib/governance/audit/entry.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';

interface Held {
  readonly id: string;
  readonly role: string;
  readonly areas: readonly string[] | null;
}

const SERVER_ITSELF = 'decider';
const ONLY_THE_SERVER = ['decisions', 'ledger', 'returns', 'approvals'];

/** Batches and decisions of the chain that should not be in it, in sentences. */
export function unallowed(entries: readonly AuditEntry[], log: readonly LogEntry[]): readonly string[] {
  const record = new Record();
  const found: string[] = [];
  for (const { seq, kind, contents } of entries) {
    if (contents === null) continue;
    if (kind === 'decision') {
      for (const event of log[contents.log - 1]?.contents?.events ?? []) record.follow(event);
    } else {
      const why = record.objection(contents);
      if (why !== null) found.push(`entry ${seq}: ${contents.member} wrote ${contents.document} ${why}`);
    }
  }
  return found;
}

class Record {
  readonly #held = new Map<string, Held[]>();
  readonly #sealed = new Set<string>();
  readonly #submitted = new Map<string, readonly string[]>();
  readonly #closed = new Map<string, readonly string[]>();
  readonly #memberOf = new Map<string, string>();

  follow(event: DecisionEvent): void {
    switch (event.kind) {
      case 'workspace-founded':
        this.#held.set(event.founder, [{ id: 'founder', role: 'owner', areas: null }]);
        return;
      case 'member-joined':
        this.#held.set(event.member, [...event.grants]);
        return;
      case 'granted':
        this.#held.set(event.member, [...(this.#held.get(event.member) ?? []), event.grant]);
        return;
      case 'grant-revoked':
        this.#held.set(
          event.member,
          (this.#held.get(event.member) ?? []).filter(({ id }) => id !== event.grant),
        );
        return;
      case 'member-removed':
        this.#held.delete(event.member);
        return;
      case 'submitted':
        if (event.request.transfer === null) this.#seal(this.#submitted, event.request.id, event.request.documents);
        return;
      case 'submission-ended':
        this.#unseal(this.#submitted, event.request);
        return;
      case 'period-closed':
        this.#seal(this.#closed, event.closing.period, event.closing.documents);
        return;
      case 'period-reopened':
        this.#unseal(this.#closed, event.period);
        return;
      default:
    }
  }

  objection({ member, device, document }: BatchContents): string | null {
    const [kind = '', ...rest] = document.split('/');
    const isServer = member === SERVER_ITSELF;
    if (isServer || ONLY_THE_SERVER.includes(kind)) {
      return isServer === ONLY_THE_SERVER.includes(kind) || (isServer && kind === 'plan')
        ? null
        : 'which only the server may';
    }
    if (this.#sealed.has(document)) return 'after it was sealed';
    const before = this.#memberOf.get(device) ?? member;
    this.#memberOf.set(device, member);
    if (before !== member) return `by a device of ${before}`;
    const roles = this.#held.get(member) ?? [];
    return roles.some((role) => mayWrite(role, kind, rest, member)) ? null : 'without a role that may';
  }

  #seal(by: Map<string, readonly string[]>, id: string, documents: readonly { readonly document: string }[]): void {
    const names = documents.map(({ document }) => document);
    by.set(id, names);
    for (const name of names) this.#sealed.add(name);
  }

  #unseal(by: Map<string, readonly string[]>, id: string): void {
    for (const name of by.get(id) ?? []) this.#sealed.delete(name);
  }
}

function mayWrite({ role, areas }: Held, kind: string, rest: readonly string[], member: string): boolean {
  if (role === 'viewer') return false;
  if (kind === 'inbox') return rest[0] === member && role !== 'auditor';
  const isInArea = areas === null || areas.includes(rest.at(-1) ?? '');
  if (role === 'owner' || role === 'controller') return true;
  if (role === 'budget-holder') return kind === 'core' || isInArea;
  return (role === 'auditor' || role === 'approver') && kind === 'talk' && isInArea;
}
