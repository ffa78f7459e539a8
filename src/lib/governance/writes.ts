/**
 * The documents that only the decider writes, derived from what was decided.
 *
 * `ledger/<period>/<area>`: collection `entries` (LedgerEntry).
 * `decisions/root`: `workspace` (one record, id `workspace`), `departments`, `rates`, `periods` (closed ones),
 * `returned` (by expense id: why it came back and the generation its next posting makes).
 */
import type { DecisionEvent } from './event.ts';
import type { State } from './state.ts';

export type DocumentWrite =
  /** Insert the record, or bring it to exactly these fields; a removed record stands again. */
  | { readonly kind: 'put'; readonly document: string; readonly collection: string; readonly record: MirrorRecord }
  /** Remove the record; one that is not there is no fault. */
  | { readonly kind: 'remove'; readonly document: string; readonly collection: string; readonly id: string };

export type MirrorRecord = { readonly id: string } & Readonly<Record<string, unknown>>;

/** What the decider must write for these events; `state` is the state after them. */
export function writesOf(_events: readonly DecisionEvent[], _state: State): readonly DocumentWrite[] {
  throw new Error('writesOf is not built yet');
}
