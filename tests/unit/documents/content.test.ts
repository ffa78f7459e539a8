import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyWrites } from '#lib/documents/apply-writes.ts';
import { contentOf, factOf } from '#lib/documents/content.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { contentHash, contentText } from '#lib/governance/approval/content.ts';
import { ann, plannedLine, planOf } from './support.ts';

const plan = 'plan/fy27/root';
const nobody = { head: 0, authors: [] };

test('D18: content is what can be seen, the same on every replica, whoever wrote it and whatever was removed', () => {
  const written = planOf(plannedLine({ id: 'a', phases: { '2027-03': 5 } }), plannedLine({ id: 'b' }));
  const edited = planOf(plannedLine({ id: 'b', name: 'old' }), plannedLine({ id: 'gone' }), plannedLine({ id: 'a' }));
  const { lines } = openPlan(edited);
  lines.revise('a', { '2027-03': 5 }, ann);
  lines.revise('b', { name: 'Licences' }, ann);
  lines.remove('gone', ann);
  const copy = newDocument();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(edited));
  expect(contentText(plan, contentOf(plan, copy))).toBe(contentText(plan, contentOf(plan, written)));
  expect(contentOf(plan, copy).map(([collection, id]) => [collection, id])).toEqual([
    ['lines', 'a'],
    ['lines', 'b'],
  ]);
});

test('A1: the hash is the SHA-256 of the snapshot’s bytes, so that anybody can check a download', async () => {
  const { hash, records } = factOf(plan, planOf(plannedLine({ id: 'a', phases: { '2027-03': 5 } })), nobody);
  const bytes = new TextEncoder().encode(contentText(plan, records));
  const sha = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  expect(hash).toBe(Array.from(sha, (byte) => byte.toString(16).padStart(2, '0')).join(''));
  expect(contentHash('plan/fy28/root', records)).not.toBe(hash);
});

test('A1: a document with a gap says so', () => {
  const first = newDocument();
  const updates: Uint8Array[] = [];
  first.on('update', (update: Uint8Array) => updates.push(update));
  first.getMap('lines').set('a', 1);
  first.getMap('lines').set('b', 2);
  const late = newDocument();
  Y.applyUpdate(late, updates[1] ?? new Uint8Array());
  expect(factOf(plan, late, nobody).isComplete).toBe(false);
});

test('A9, D15: what a transfer moves is written over the line’s months, and content then hashes as decided', () => {
  const doc = planOf(plannedLine({ id: 'a', name: 'Licences', phases: { '2027-03': 500, '2027-04': 7 } }));
  const fields = { '2027-03': 200, '2027-05': 300 };
  applyWrites(doc, [{ kind: 'amend', document: plan, collection: 'lines', id: 'a', fields }]);
  expect(openPlan(doc).lines.get('a')).toMatchObject({
    name: 'Licences',
    phases: { '2027-03': 200, '2027-04': 7, '2027-05': 300 },
  });
  const straight = planOf(
    plannedLine({ id: 'a', name: 'Licences', phases: { '2027-03': 200, '2027-04': 7, '2027-05': 300 } }),
  );
  expect(factOf(plan, doc, nobody).hash).toBe(factOf(plan, straight, nobody).hash);
});
