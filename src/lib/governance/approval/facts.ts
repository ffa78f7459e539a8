/** What a decision about documents rests on besides the log: the documents as they stand when it is decided. */
import { ROOT_DEPARTMENT, type Department } from '#lib/domain/organisation/department.ts';
import type { Command } from '../command.ts';
import type { State } from '../state.ts';
import type { Remains } from '../people/event.ts';
import type { ContentRecord } from './content.ts';

/** One document at its head. */
export interface DocumentFact {
  readonly head: number;
  /** SHA-256 of its canonical snapshot. */
  readonly hash: string;
  /** False when updates have come whose predecessors have not. */
  readonly isComplete: boolean;
  readonly records: readonly ContentRecord[];
  /** Members who ever wrote in it. */
  readonly authors: readonly string[];
}

/** Loaded by whoever decides, for the documents that `documentsFor` names. */
export interface Facts {
  readonly documents: ReadonlyMap<string, DocumentFact>;
  /** What is left of the log's entries that name whoever is to be erased; only for that. */
  readonly remains?: readonly Remains[];
}

export const NO_FACTS: Facts = { documents: new Map() };

/** The documents whose content decides about a command. (A1) */
export function documentsFor(command: Command, state: State): readonly string[] {
  switch (command.kind) {
    case 'submit':
      return command.subject.kind === 'part'
        ? [planDocument(command.subject.version, command.subject.area)]
        : versionDocuments(command.subject.version, state.departments);
    case 'approve': {
      const request = state.approvals.requests.get(command.request);
      return request === undefined ? [] : request.documents.map(({ document }) => document);
    }
    case 'transfer-budget': {
      const before = state.approvals.requests.get(command.id)?.documents ?? [];
      const { version, from, to } = command;
      return [
        ...new Set([
          planDocument(version, from.area),
          planDocument(version, to.area),
          ...before.map(({ document }) => document),
        ]),
      ];
    }
    case 'close-period':
      return ledgerDocuments(command.period, state.departments);
    default:
      return [];
  }
}

export function planDocument(version: string, area: string): string {
  return `plan/${version}/${area}`;
}

/** The documents of a version: the root area's part and one for each other area. */
export function versionDocuments(version: string, departments: readonly Department[]): readonly string[] {
  return areasOf(departments).map((area) => planDocument(version, area));
}

/** The ledger documents of a period, one for each area. */
export function ledgerDocuments(period: string, departments: readonly Department[]): readonly string[] {
  return areasOf(departments).map((area) => `ledger/${period}/${area}`);
}

function areasOf(departments: readonly Department[]): readonly string[] {
  const marked = departments.filter(({ area }) => area).map(({ id }) => id);
  return [...new Set([ROOT_DEPARTMENT, ...marked])];
}
