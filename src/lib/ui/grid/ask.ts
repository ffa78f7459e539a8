/** Keys that ask the app for something: undo, another year, and what is done with lines and about cells. */
import type { GridCallbacks } from './callbacks.ts';
import type { AppAction } from './keyboard.ts';
import { entryOf, lineOf, type Sheet } from './locks.ts';
import { refOf } from './marks.ts';
import { lineRows } from './paste.ts';
import { isLine } from './rows.ts';
import { rangeOf, type Selection } from './selection.ts';

/** Ask; answers false where the app takes no such question, so that the key stays with the browser. */
export function askApp(action: AppAction, sheet: Sheet, selection: Selection, callbacks: GridCallbacks): boolean {
  const { active } = selection;
  const ref = refOf(sheet, active);
  switch (action.kind) {
    case 'undo':
      return called(callbacks.onundo);
    case 'redo':
      return called(callbacks.onredo);
    case 'year':
      return called(callbacks.onyear, action.by);
    case 'table':
      return called(callbacks.ontable, true);
    case 'spread':
      return called(callbacks.onspreaddialog, selectedLines(sheet, selection));
    case 'archive':
      return called(callbacks.onarchive, selectedLines(sheet, selection));
    case 'insert':
      return called(callbacks.oninsert, { afterLine: ref?.line ?? null, group: groupAt(sheet, active.row) });
    case 'move-line':
      return ref === undefined || called(callbacks.onmove, ref.line, action.by);
    case 'comment':
      return ref === undefined || called(callbacks.oncomment, ref);
    case 'history':
      return ref === undefined || called(callbacks.onhistory, ref);
    case 'note':
      return ref === undefined || called(callbacks.onnote, ref);
  }
}

function selectedLines(sheet: Sheet, selection: Selection): readonly string[] {
  const { top, bottom } = rangeOf(selection);
  return lineRows(sheet, top, bottom).map((row) => lineOf(sheet, row)?.id ?? '');
}

function groupAt(sheet: Sheet, row: number): string | null {
  const { tree } = sheet.reading;
  const entry = entryOf(sheet, row);
  return tree.groups[isLine(entry) ? (tree.groupOfLine[entry] ?? tree.total) : ~entry]?.id ?? null;
}

function called<A extends readonly unknown[]>(callback: ((...args: A) => void) | undefined, ...args: A): boolean {
  callback?.(...args);
  return callback !== undefined;
}
