/** Histories of one's own edits, so that undo survives a reload. */
import { EMPTY_HISTORY, type UndoHistory } from '#lib/documents/undo.ts';
import type { UndoStep } from '#lib/documents/undo-step.ts';
import type { Database, StoredUndoStep } from './database.ts';

/** Numbers under which steps are stored already: a step never changes, so it is written once. */
const stored = new WeakMap<UndoStep, number>();

/** Keeps a history under its owner's name; only steps that are new to the disk are written. (S15) */
export async function keepUndo(database: Database, owner: string, history: UndoHistory): Promise<void> {
  const { undo, undoSteps } = database;
  const numberOf = await database.transaction('rw', undo, undoSteps, async () => {
    const fresh = [...history.undo, ...history.redo].filter((step) => !stored.has(step));
    const added = await undoSteps.bulkAdd(fresh.map((step) => ({ owner, step })) as StoredUndoStep[], {
      allKeys: true,
    });
    const numbered = new Map(fresh.map((step, index) => [step, added[index] ?? 0]));
    const numbers = (steps: readonly UndoStep[]) => steps.map((step) => stored.get(step) ?? numbered.get(step) ?? 0);
    const kept = { owner, undo: numbers(history.undo), redo: numbers(history.redo) };
    await undo.put(kept);
    const wanted = new Set([...kept.undo, ...kept.redo]);
    const known = await undoSteps.where('owner').equals(owner).primaryKeys();
    await undoSteps.bulkDelete(known.filter((number) => !wanted.has(number)));
    return numbered;
  });
  for (const [step, number] of numberOf) stored.set(step, number);
}

/** The history kept under this name; an empty one when there is none. */
export async function undoOf(database: Database, owner: string): Promise<UndoHistory> {
  const { undo, undoSteps } = database;
  return database.transaction('r', undo, undoSteps, async () => {
    const kept = await undo.get(owner);
    if (kept === undefined) return EMPTY_HISTORY;
    const steps = async (numbers: readonly number[]) =>
      (await undoSteps.bulkGet([...numbers])).flatMap((found) => {
        if (found !== undefined) stored.set(found.step, found.number);
        return found === undefined ? [] : [found.step];
      });
    return { undo: await steps(kept.undo), redo: await steps(kept.redo) };
  });
}
