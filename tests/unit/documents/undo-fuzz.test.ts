import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { reportHash } from '#lib/documents/report-hash.ts';
import { EMPTY_HISTORY, pushStep, redoStep, undoStep, type UndoHistory } from '#lib/documents/undo.ts';
import { recordStep } from '#lib/documents/undo-step.ts';
import { ann, ben, exchange, plannedLine, planOf } from './support.ts';

const plan = 'plan/fy27/root';
const ids = ['a', 'b', 'c'];
const months = ['2027-01', '2027-02'];

type Action =
  | {
      readonly do: 'type';
      readonly cells: readonly (readonly [id: string, month: string, amount: number | undefined])[];
    }
  | { readonly do: 'insert or remove or restore'; readonly id: string }
  | { readonly do: 'undo' | 'redo' | 'reload' };

const amount = fc.option(fc.nat({ max: 9 }), { nil: undefined });
const cell = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...months), amount);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('type' as const), cells: fc.array(cell, { minLength: 1, maxLength: 4 }) }),
  fc.record({ do: fc.constant('insert or remove or restore' as const), id: fc.constantFrom(...ids, 'd', 'e') }),
  fc.record({ do: fc.constantFrom('undo' as const, 'undo' as const, 'redo' as const, 'reload' as const) }),
);

test('D16: alone, any undoing and redoing shows what was there at that point, to the field', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      let doc = planOf(...ids.map((id) => plannedLine({ id, phases: { '2027-01': 1 } })));
      let history: UndoHistory = EMPTY_HISTORY;
      /** What was to be seen after each step, and where in it we are. */
      let seen = [hashOf(doc)];
      let at = 0;
      for (const each of actions) {
        const docs = new Map([[plan, doc]]);
        if (each.do === 'undo' || each.do === 'redo') {
          const done = each.do === 'undo' ? undoStep(history, docs, ann) : redoStep(history, docs, ann);
          if (done !== null) at += each.do === 'undo' ? -1 : 1;
          expect(done?.skipped ?? []).toEqual([]);
          history = done?.history ?? history;
        } else if (each.do === 'reload') {
          history = JSON.parse(JSON.stringify(history)) as UndoHistory;
          const loaded = newDocument();
          Y.applyUpdateV2(loaded, Y.encodeStateAsUpdateV2(doc));
          doc = loaded;
        } else {
          const step = recordStep(docs, 'step', null, () => act(doc, each));
          history = pushStep(history, step);
          if (step.changes.length > 0) {
            seen = [...seen.slice(0, at + 1), hashOf(doc)];
            at += 1;
          }
        }
        expect(hashOf(doc)).toBe(seen[at]);
      }
    }),
  );
});

test('D16: however much is undone, what somebody else typed last in a cell stands', () => {
  const edit = fc.record({ mine: fc.boolean(), cell });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 20 }), (edits) => {
      const doc = planOf(...ids.map((id) => plannedLine({ id })));
      const other = newDocument();
      exchange(doc, other);
      const docs = new Map([[plan, doc]]);
      let history: UndoHistory = EMPTY_HISTORY;
      const theirs = new Map<string, number | undefined>();
      for (const [
        n,
        {
          mine,
          cell: [id, month],
        },
      ] of edits.entries()) {
        const revise = (target: Y.Doc) => openPlan(target).lines.revise(id, { [month]: n + 100 }, mine ? ann : ben);
        if (mine)
          history = pushStep(
            history,
            recordStep(docs, 'step', null, () => revise(doc)),
          );
        else {
          revise(other);
          theirs.set(`${id} ${month}`, n + 100);
        }
        exchange(doc, other);
      }
      for (let undone = undoStep(history, docs, ann); undone !== null; undone = undoStep(history, docs, ann)) {
        history = undone.history;
      }
      for (const id of ids) {
        for (const month of months) {
          expect(openPlan(doc).lines.get(id)?.phases[month]).toBe(theirs.get(`${id} ${month}`));
        }
      }
    }),
  );
});

function act(doc: Y.Doc, action: Action): void {
  const { lines } = openPlan(doc);
  if (action.do === 'type') {
    for (const [id, month, value] of action.cells) {
      if (!lines.isRemoved(id)) lines.revise(id, { [month]: value }, ann);
    }
  } else if ('id' in action) {
    const { id } = action;
    if (!lines.has(id)) lines.insert(plannedLine({ id }));
    else if (lines.isRemoved(id)) lines.restore(id, ann);
    else lines.remove(id, ann);
  }
}

function hashOf(doc: Y.Doc): string {
  return reportHash([[plan, doc]]);
}
