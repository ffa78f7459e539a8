/**
 * Undo of one's own edits. Not Yjs's: that one hides or overwrites what others typed meanwhile. A step knows for every
 * key which write was ours and what stood there before; taking it back writes that value as a fresh edit, but only
 * where our write is still the visible one. A history is plain data, so it survives a reload. (D16)
 */
import type { ItemId } from './history.ts';
import type { Author } from './record-layout.ts';
import type { Change, OpenDocuments, UndoStep } from './undo-step.ts';
import { itemPlace, takeBack } from './undo-apply.ts';

export interface UndoHistory {
  readonly undo: readonly UndoStep[];
  readonly redo: readonly UndoStep[];
}

export interface Undone {
  readonly history: UndoHistory;
  readonly step: UndoStep;
  /** Changes left as they are because somebody has edited there since: say so. */
  readonly skipped: readonly Change[];
}

export const EMPTY_HISTORY: UndoHistory = { undo: [], redo: [] };

const DEPTH = 200;

/** The history after a new step; what was undone before can no longer be redone. */
export function pushStep(history: UndoHistory, step: UndoStep): UndoHistory {
  return step.changes.length === 0 ? history : { undo: [...history.undo, step].slice(-DEPTH), redo: [] };
}

/** Takes the last step back; null when there is none. Every document of the step has to be open. */
export function undoStep(history: UndoHistory, docs: OpenDocuments, by: Author): Undone | null {
  const step = history.undo.at(-1);
  if (step === undefined) return null;
  const { inverse, skipped, standIns } = takeBack(step, docs, by);
  const undo = substitute(history.undo.slice(0, -1), standIns);
  const redo = substitute(history.redo, standIns);
  const redoable = inverse.changes.length === 0 ? redo : [...redo, inverse];
  return { history: { undo, redo: redoable }, step, skipped };
}

/** Does again what was last undone; null when there is nothing. */
export function redoStep(history: UndoHistory, docs: OpenDocuments, by: Author): Undone | null {
  const done = undoStep({ undo: history.redo, redo: history.undo }, docs, by);
  return done === null ? null : { ...done, history: { undo: done.history.redo, redo: done.history.undo } };
}

/** The documents that have to be open before the step can be taken back. */
export function documentsOf(step: UndoStep): ReadonlySet<string> {
  return new Set(step.changes.map(({ document }) => document));
}

function substitute(steps: readonly UndoStep[], standIns: ReadonlyMap<string, ItemId>): readonly UndoStep[] {
  if (standIns.size === 0) return steps;
  const changeOf = (change: Change): Change => ({
    ...change,
    item: standIns.get(itemPlace(change.document, change.item)) ?? change.item,
  });
  return steps.map((step) => ({ ...step, changes: step.changes.map(changeOf) }));
}
