import { expect, test } from 'vitest';
import { conflicts } from '#lib/documents/conflicts.ts';
import { applyWrites } from '#lib/documents/apply-writes.ts';
import { openDecisions, openLedger } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { updatesOf } from '#lib/documents/replica.ts';
import { PART_BYTES } from '#lib/documents/split-transactions.ts';
import type { DocumentWrite } from '#lib/governance/document-write.ts';
import { makeDepartment } from '#tests/support/make-department.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';

const ledger = 'ledger/2027-03/root';

function entry(id: string): DocumentWrite {
  return { kind: 'put', document: ledger, collection: 'entries', record: { ...makeEntry(makeExpense({ id })) } };
}

function department(name: string, id = 'it'): DocumentWrite {
  const record = { ...makeDepartment(id, { name }) };
  return { kind: 'put', document: 'decisions/root', collection: 'departments', record };
}

const noDepartment: DocumentWrite = { kind: 'remove', document: 'decisions/root', collection: 'departments', id: 'it' };

test('D15: decided entries stand in the ledger; deciding them again changes nothing', () => {
  const doc = newDocument();
  applyWrites(doc, [entry('a'), entry('b')]);
  const again = updatesOf(doc, () => applyWrites(doc, [entry('a'), entry('b')]));
  expect([...openLedger(doc).entries.all()]).toEqual([
    makeEntry(makeExpense({ id: 'a' })),
    makeEntry(makeExpense({ id: 'b' })),
  ]);
  expect(again).toEqual([]);
});

test('D15: a put brings a record to exactly its fields; a remove takes it away; a further put brings it back', () => {
  const doc = newDocument();
  const { departments } = openDecisions(doc);
  applyWrites(doc, [noDepartment, department('IT')]);
  applyWrites(doc, [department('Informatics'), department('Sales', 'sales')]);
  expect(departments.get('it')).toEqual(makeDepartment('it', { name: 'Informatics' }));
  applyWrites(doc, [noDepartment]);
  expect([departments.get('it'), departments.has('it')]).toEqual([undefined, true]);
  applyWrites(doc, [department('IT again')]);
  expect(departments.get('it')).toEqual(makeDepartment('it', { name: 'IT again' }));
  applyWrites(doc, [department('A'), noDepartment, department('B')]);
  expect(departments.get('it')).toEqual(makeDepartment('it', { name: 'B' }));
  expect(conflicts(doc)).toEqual([]);
});

test('D15: a large decision becomes updates of at most 128 KB', () => {
  const doc = newDocument();
  const writes = Array.from({ length: 1000 }, (_, i) => entry(`e${i}`));
  const updates = updatesOf(doc, () => applyWrites(doc, writes));
  expect(Math.max(...updates.map(({ length }) => length))).toBeLessThanOrEqual(PART_BYTES);
  expect([...openLedger(doc).entries.all()]).toHaveLength(1000);
});
