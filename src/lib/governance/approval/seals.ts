/** Which documents a decision seals and which it opens: what is stored with it in one transaction. (A1) */
import { assert } from '#lib/domain/result.ts';
import type { DecisionEvent } from '../event.ts';
import { evolveTerms } from '../evolve-terms.ts';
import type { Terms } from '../state.ts';
import { planDocument } from './facts.ts';
import { isStanding, partRequest, type SealedDocument } from './request.ts';

export interface Sealing {
  readonly seals: readonly SealedDocument[];
  readonly unseals: readonly string[];
}

/** For events decided in `state`. Ask before evolving: what they seal belongs into one commit with them. */
export function sealingOf(events: readonly DecisionEvent[], state: Terms): Sealing {
  let terms = state;
  const opened: string[] = [];
  for (const event of events) {
    const after = evolveTerms(terms, event);
    assert(after.ok, `${event.kind} does not follow from the state before`);
    terms = after.value;
    opened.push(...unsealsOf(event, terms));
  }
  const seals = events.flatMap(sealsOf);
  return { seals, unseals: opened.filter((name) => !seals.some(({ document }) => document === name)) };
}

/** The documents that are sealed and the hash that each is sealed under. */
export function sealedBy({ approvals }: Terms): ReadonlyMap<string, string> {
  const sealed = new Map<string, string>();
  const seal = ({ document, hash }: SealedDocument): unknown => sealed.set(document, hash);
  for (const { documents, reopened } of approvals.closings.values()) if (reopened === null) documents.forEach(seal);
  const standing = [...approvals.requests.values()].filter(isStanding);
  // A transfer seals anew what the whole version says, not its parts.
  for (const { subject, documents } of standing) if (subject.kind === 'part') documents.forEach(seal);
  for (const { subject, documents } of standing) if (subject.kind === 'version') documents.forEach(seal);
  return sealed;
}

function sealsOf(event: DecisionEvent): readonly SealedDocument[] {
  switch (event.kind) {
    case 'submitted':
      return event.request.transfer === null ? event.request.documents : [];
    case 'transferred':
      return Object.entries(event.documents).map(([document, hash]) => ({ document, hash }));
    case 'period-closed':
      return event.closing.documents;
    default:
      return [];
  }
}

function unsealsOf(event: DecisionEvent, { approvals }: Terms): readonly string[] {
  if (event.kind === 'period-reopened') {
    return approvals.closings.get(event.period)?.documents.map(({ document }) => document) ?? [];
  }
  const ended = event.kind === 'submission-ended' ? approvals.requests.get(event.request) : undefined;
  if (ended === undefined || ended.subject.kind === 'transfer') return [];
  const { version } = ended.subject;
  const requests = [...approvals.requests.values()];
  // A part of the version that was approved by itself stays as it is.
  return ended.areas
    .filter((area) => partRequest(requests, version, area) === null)
    .map((area) => planDocument(version, area));
}
