import { expect, test } from 'vitest';
import { openPlan } from '#lib/documents/documents.ts';
import { changesIn } from '#lib/documents/journal.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows, updatesOf } from '#lib/documents/replica.ts';
import { writeAgain } from '#lib/documents/write-again.ts';
import { ann, plannedLine } from './support.ts';

const plan = 'plan/fy27/root';
const v1 = (bytes: Uint8Array) => ({ bytes, format: 'v1' as const });

test('D27: what was refused can be written again into the document as it now is, each change once', () => {
  const mine = newDocument();
  const { lines } = openPlan(mine);
  const taken = updatesOf(mine, () => {
    lines.insert(plannedLine({ id: 'a', phases: { '2027-03': 5 } }));
    lines.insert(plannedLine({ id: 'b' }));
  }).map(v1);
  const refused = updatesOf(mine, () => {
    lines.revise('a', { '2027-03': 9 }, ann);
    lines.insert(plannedLine({ id: 'c' }));
    lines.remove('b', ann);
  }).map(v1);
  const rebuilt = newDocument();
  applyRows(rebuilt, taken);
  const changes = changesIn({ kind: 'plan', version: 'fy27', area: 'root' }, [...taken, ...refused]).slice(2);
  expect(writeAgain(rebuilt, plan, changes, ann)).toBe(3);
  const now = openPlan(rebuilt).lines;
  expect([...now.all()].map(({ id }) => id)).toEqual(['a', 'c']);
  expect(now.get('a')?.phases).toEqual({ '2027-03': 9 });
  const empty = newDocument();
  expect(writeAgain(empty, plan, changes, ann)).toBe(1);
  expect([...openPlan(empty).lines.all()].map(({ id }) => id)).toEqual(['c']);
});
