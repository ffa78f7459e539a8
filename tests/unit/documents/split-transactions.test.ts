import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openInbox, openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { updatesOf } from '#lib/documents/replica.ts';
import { inParts, PART_BYTES, partByPart } from '#lib/documents/split-transactions.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { ann, ben, plannedLine, planOf } from './support.ts';

const many = Array.from({ length: 3000 }, (_, i) =>
  makeExpense({ id: `e${i}`, description: `Rechnung Nr. ${i} über €` }),
);

test('D14: an import of 3,000 expenses becomes updates of at most 128 KB that make the same document', () => {
  const doc = newDocument();
  const updates = updatesOf(doc, () => inParts(doc, many, (expense) => openInbox(doc).expenses.insert(expense)));
  const total = updates.reduce((sum, { length }) => sum + length, 0);
  expect(Math.max(...updates.map(({ length }) => length))).toBeLessThanOrEqual(PART_BYTES);
  expect(updates.length).toBeLessThanOrEqual(Math.ceil(total / (PART_BYTES / 2)));
  const copy = newDocument();
  for (const update of updates) Y.applyUpdate(copy, update);
  expect([...openInbox(copy).expenses.all()]).toEqual(many);
});

test('D14: no part is larger whatever is written, also over what many clients wrote before', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 3000 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 300 }), (notes) => {
      const ids = notes.map((_, i) => `line${i}`);
      const doc = planOf(...ids.map((id) => plannedLine({ id })));
      for (const id of ids) {
        const other = newDocument();
        Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
        const update = updatesOf(other, () => openPlan(other).lines.revise(id, { note: 'theirs' }, ben));
        for (const bytes of update) Y.applyUpdate(doc, bytes);
        if (ids.length > 40) break;
      }
      const updates = updatesOf(doc, () =>
        inParts(doc, ids, (id) =>
          openPlan(doc).lines.revise(id, { note: notes[Number(id.slice(4))] ?? '', order: 9.5 }, ann),
        ),
      );
      expect(Math.max(...updates.map(({ length }) => length))).toBeLessThanOrEqual(PART_BYTES);
    }),
    { numRuns: 30 },
  );
});

test('D14: between two parts a page may answer its user', () => {
  const doc = newDocument();
  const done = [...partByPart(doc, many, (expense) => openInbox(doc).expenses.insert(expense))];
  expect(done.length).toBeGreaterThan(5);
  expect(done.at(-1)).toBe(many.length);
});

test('D14: a text too large to travel is a fault of whoever let it in', () => {
  const doc = newDocument();
  const expense = makeExpense({ description: 'x'.repeat(40_000) });
  expect(() => openInbox(doc).expenses.insert(expense)).toThrow('bounded');
  expect(openInbox(doc).expenses.has(expense.id)).toBe(false);
});
