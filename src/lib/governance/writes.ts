/**
 * The documents that only the decider writes, derived from what was decided. (G17)
 *
 * `ledger/<period>/<area>`: collection `entries` (LedgerEntry), without the reason of those that were returned.
 * `returns/<member>`: `returned` (by expense id: why it came back, the generation its next posting makes, and whether
 * that was made), for the expenses that this member captured.
 * `decisions/root`: `workspace` (one record, id `workspace`), `departments`, `rates`, `periods` (closed ones).
 */
import { capturerOf, type LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import { assert } from '#lib/domain/result.ts';
import { approvalWrites } from './approval/mirror.ts';
import { DECISIONS_DOCUMENT, type DocumentWrite, type MirrorRecord } from './document-write.ts';
import type { DecisionEvent } from './event.ts';
import { evolveTerms } from './evolve-terms.ts';
import { memberWrites, peopleWrites, type PeopleWrite } from './people/writes-people.ts';
import type { State, Terms } from './state.ts';

/** What the decider must write for events decided in `state`. Ask before evolving: the two belong into one commit. */
export function writesOf(events: readonly DecisionEvent[], state: State): readonly DocumentWrite[] {
  let terms: Terms = state;
  return events.flatMap((event) => {
    const after = evolveTerms(terms, event);
    assert(after.ok, `${event.kind} does not follow from the state before`);
    terms = after.value;
    return writesOfEvent(event, terms);
  });
}

function writesOfEvent(event: DecisionEvent, terms: Terms): readonly DocumentWrite[] {
  switch (event.kind) {
    case 'workspace-founded':
      return [
        workspaceWrite(terms),
        ...terms.departments.map(({ id }) => departmentWrite(terms, id)),
        ...memberWrites(terms.people, event.founder).map(peopleWrite),
      ];
    case 'workspace-renamed':
    case 'calendar-set':
      return [workspaceWrite(terms)];
    case 'posted':
      return event.postings.flatMap(({ entry }) =>
        entry.generation === 1 ? [entryWrite(entry)] : [entryWrite(entry), ...postedAgainWrites(entry)],
      );
    case 'returned':
      return event.reversals.flatMap((reversal) => [
        entryWrite({ ...reversal, reason: null }),
        returnedWrite(reversal, event.reason),
      ]);
    case 'reversed':
      return event.reversals.map(entryWrite);
    case 'recoded':
      return event.recodings.flatMap(({ reversal, entry }) => [entryWrite(reversal), entryWrite(entry)]);
    case 'department-added':
    case 'department-revised':
    case 'department-closed':
    case 'area-marked':
      return [departmentWrite(terms, event.id)];
    case 'rates-set':
      return event.rates.map((rate) => mirror('rates', { ...rate, id: rateId(rate) }));
    case 'rate-removed':
      return [remove('rates', rateId(event))];
    case 'policy-set':
    case 'submitted':
    case 'approved':
    case 'submission-ended':
    case 'transferred':
    case 'period-closed':
    case 'period-reopened':
    case 'amendment-opened':
      return approvalWrites(event, terms);
    default:
      return peopleWrites(event, terms.people).map(peopleWrite);
  }
}

function entryWrite(entry: LedgerEntry): DocumentWrite {
  const document = `ledger/${entry.period}/${entry.area}`;
  return { kind: 'put', document, collection: 'entries', record: { ...entry } };
}

function workspaceWrite({ workspace }: Terms): DocumentWrite {
  assert(workspace !== null, 'an event before the founding');
  return mirror('workspace', { ...workspace, id: 'workspace' });
}

function departmentWrite({ departments }: Terms, id: string): DocumentWrite {
  const department = departments.find((candidate) => candidate.id === id);
  assert(department !== undefined, `department ${id} was changed and is not there`);
  return mirror('departments', { ...department });
}

function returnedWrite(reversal: LedgerEntry, reason: string): DocumentWrite {
  const { expenseId: id, generation } = reversal;
  const record = { id, reason, generation: generation + 1, posted: false };
  return { kind: 'put', document: returnsDocument(reversal), collection: 'returned', record };
}

function postedAgainWrites(entry: LedgerEntry): readonly DocumentWrite[] {
  const { expenseId: id } = entry;
  const fields = { posted: true };
  return [
    { kind: 'amend', document: returnsDocument(entry), collection: 'returned', id, fields },
    // Where it was marked in documents of earlier versions.
    remove('returned', id),
  ];
}

function returnsDocument(entry: LedgerEntry): string {
  return `returns/${capturerOf(entry)}`;
}

function peopleWrite(write: PeopleWrite): DocumentWrite {
  return 'gone' in write ? remove(write.collection, write.gone) : mirror(write.collection, { ...write.record });
}

function rateId({ from, to, date }: Pick<ExchangeRate, 'from' | 'to' | 'date'>): string {
  return `${from}-${to}-${date}`;
}

function mirror(collection: string, record: MirrorRecord): DocumentWrite {
  return { kind: 'put', document: DECISIONS_DOCUMENT, collection, record };
}

function remove(collection: string, id: string): DocumentWrite {
  return { kind: 'remove', document: DECISIONS_DOCUMENT, collection, id };
}
