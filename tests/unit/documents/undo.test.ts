import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { inParts } from '#lib/documents/split-transactions.ts';
import { documentsOf, EMPTY_HISTORY, pushStep, redoStep, undoStep, type UndoHistory } from '#lib/documents/undo.ts';
import { recordStep } from '#lib/documents/undo-step.ts';
import { ann, ben, exchange, plannedLine, planOf } from './support.ts';

const plan = 'plan/fy27/root';

/** Ann's document with one line of 100 in March, and a pen that records each of her edits as a step. */
function desk() {
  const doc = planOf(plannedLine({ id: 'cloud', phases: { '2027-03': 100 } }));
  const docs = new Map([[plan, doc]]);
  let history: UndoHistory = EMPTY_HISTORY;
  return {
    doc,
    march: () => openPlan(doc).lines.get('cloud')?.phases['2027-03'],
    history: () => history,
    do(work: () => void) {
      history = pushStep(history, recordStep(docs, 'edit', { line: 'cloud' }, work));
    },
    type(amount: number) {
      this.do(() => openPlan(doc).lines.revise('cloud', { '2027-03': amount }, ann));
    },
    undo() {
      const undone = undoStep(history, docs, ann);
      history = undone?.history ?? history;
      return undone?.skipped.length;
    },
    redo() {
      const redone = redoStep(history, docs, ann);
      history = redone?.history ?? history;
      return redone?.skipped.length;
    },
  };
}

describe('one person', () => {
  test('D16: edits are taken back one by one, down to what the line was inserted with, and done again', () => {
    const ann = desk();
    ann.type(120);
    ann.type(130);
    expect([ann.undo(), ann.march()]).toEqual([0, 120]);
    expect([ann.undo(), ann.march()]).toEqual([0, 100]);
    expect(ann.undo()).toBeUndefined();
    expect([ann.redo(), ann.march()]).toEqual([0, 120]);
    expect([ann.redo(), ann.march()]).toEqual([0, 130]);
    expect(ann.redo()).toBeUndefined();
    expect([ann.undo(), ann.march()]).toEqual([0, 120]);
    expect([ann.undo(), ann.march()]).toEqual([0, 100]);
  });

  test('D16: a month that had nothing has nothing again', () => {
    const desktop = desk();
    desktop.do(() => openPlan(desktop.doc).lines.revise('cloud', { '2027-04': 50 }, ann));
    desktop.undo();
    expect(openPlan(desktop.doc).lines.get('cloud')?.phases).toEqual({ '2027-03': 100 });
  });

  test('D16: a paste of many cells and new lines is one step', () => {
    const desktop = desk();
    const table = openPlan(desktop.doc).lines;
    const ids = Array.from({ length: 300 }, (_, i) => `line${i}`);
    desktop.do(() => {
      inParts(desktop.doc, ids, (id) => table.insert(plannedLine({ id, note: 'pasted '.repeat(100) })));
      inParts(desktop.doc, ids, (id) => table.revise(id, { '2027-05': 7 }, ann));
      table.revise('cloud', { '2027-03': 1 }, ann);
    });
    expect(desktop.history().undo).toHaveLength(1);
    expect(desktop.undo()).toBe(0);
    expect([...table.all()]).toHaveLength(1);
    expect(desktop.march()).toBe(100);
    expect(desktop.redo()).toBe(0);
    expect([...table.all()]).toHaveLength(301);
    expect(table.get('line7')?.phases).toEqual({ '2027-05': 7 });
    desktop.undo();
    expect([...table.all()]).toHaveLength(1);
  });

  test('D16: removing a line is taken back, and done again', () => {
    const desktop = desk();
    desktop.do(() => openPlan(desktop.doc).lines.remove('cloud', ann));
    expect(desktop.march()).toBeUndefined();
    desktop.undo();
    expect(desktop.march()).toBe(100);
    desktop.redo();
    expect(desktop.march()).toBeUndefined();
  });

  test('D16: a new edit ends what could be redone', () => {
    const desktop = desk();
    desktop.type(120);
    desktop.undo();
    desktop.type(140);
    expect(desktop.redo()).toBeUndefined();
    expect(desktop.march()).toBe(140);
  });

  test('D16: 200 steps are remembered', () => {
    const desktop = desk();
    for (let i = 1; i <= 205; i += 1) desktop.type(i);
    expect(desktop.history().undo).toHaveLength(200);
    while (desktop.undo() !== undefined);
    expect(desktop.march()).toBe(5);
  });

  test('D16: a history survives a reload, under a new client id', () => {
    const before = desk();
    before.type(120);
    before.type(130);
    const stored = JSON.parse(JSON.stringify(before.history())) as UndoHistory;
    const doc = newDocument();
    Y.applyUpdateV2(doc, Y.encodeStateAsUpdateV2(before.doc));
    expect(doc.clientID).not.toBe(before.doc.clientID);
    const [, last] = stored.undo;
    expect(last === undefined ? [] : [...documentsOf(last)]).toEqual([plan]);
    const docs = new Map([[plan, doc]]);
    const first = undoStep(stored, docs, ann);
    expect(openPlan(doc).lines.get('cloud')?.phases['2027-03']).toBe(120);
    undoStep(first?.history ?? stored, docs, ann);
    expect(openPlan(doc).lines.get('cloud')?.phases['2027-03']).toBe(100);
  });
});

describe('with somebody else', () => {
  test('D16: what somebody else has typed over since is left alone, and said', () => {
    const desktop = desk();
    const other = newDocument();
    desktop.type(120);
    exchange(desktop.doc, other);
    openPlan(other).lines.revise('cloud', { '2027-03': 500 }, ben);
    exchange(desktop.doc, other);
    expect([desktop.undo(), desktop.march()]).toEqual([1, 500]);
    expect(desktop.redo()).toBeUndefined();
  });

  test('D16: undoing an edit made over theirs brings theirs back, and stops there', () => {
    const desktop = desk();
    const other = newDocument();
    desktop.type(120);
    exchange(desktop.doc, other);
    openPlan(other).lines.revise('cloud', { '2027-03': 500 }, ben);
    exchange(desktop.doc, other);
    desktop.type(600);
    expect([desktop.undo(), desktop.march()]).toEqual([0, 500]);
    expect([desktop.undo(), desktop.march()]).toEqual([1, 500]);
  });

  test('D16: only the touched cells of a group are skipped', () => {
    const desktop = desk();
    const other = newDocument();
    desktop.do(() => openPlan(desktop.doc).lines.revise('cloud', { '2027-03': 1, '2027-04': 2 }, ann));
    exchange(desktop.doc, other);
    openPlan(other).lines.revise('cloud', { '2027-04': 500 }, ben);
    exchange(desktop.doc, other);
    expect(desktop.undo()).toBe(1);
    expect(openPlan(desktop.doc).lines.get('cloud')?.phases).toEqual({ '2027-03': 100, '2027-04': 500 });
  });

  test('D16: a new line that somebody else has worked on since is not taken away', () => {
    const desktop = desk();
    const other = newDocument();
    desktop.do(() => openPlan(desktop.doc).lines.insert(plannedLine({ id: 'new' })));
    exchange(desktop.doc, other);
    openPlan(other).lines.revise('new', { '2027-01': 9 }, ben);
    exchange(desktop.doc, other);
    expect(desktop.undo()).toBe(1);
    expect(openPlan(desktop.doc).lines.get('new')?.phases).toEqual({ '2027-01': 9 });
  });

  test('D16: a line that somebody else removed meanwhile is not written to', () => {
    const desktop = desk();
    const other = newDocument();
    desktop.type(120);
    exchange(desktop.doc, other);
    openPlan(other).lines.remove('cloud', ben);
    exchange(desktop.doc, other);
    expect(desktop.undo()).toBe(1);
  });
});
