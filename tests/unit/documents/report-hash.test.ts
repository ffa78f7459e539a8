import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { reportHash } from '#lib/documents/report-hash.ts';
import { ann, plannedLine, planOf } from './support.ts';

const plan = 'plan/fy27/root';

test('D17: the same content has the same hash, however it came to be written', () => {
  const inserted = planOf(plannedLine({ id: 'a', phases: { '2027-03': 5 } }), plannedLine({ id: 'b' }));
  const edited = planOf(plannedLine({ id: 'b', name: 'old' }), plannedLine({ id: 'gone' }), plannedLine({ id: 'a' }));
  const { lines } = openPlan(edited);
  lines.revise('a', { '2027-03': 5, '2027-04': 6 }, ann);
  lines.revise('a', { '2027-04': undefined }, ann);
  lines.revise('b', { name: 'Licences' }, ann);
  lines.remove('gone', ann);
  expect(reportHash([[plan, edited]])).toBe(reportHash([[plan, inserted]]));
});

test('D17: any visible difference gives another hash', () => {
  const hashes = [
    reportHash([[plan, planOf(plannedLine({ id: 'a', phases: { '2027-03': 5 } }))]]),
    reportHash([[plan, planOf(plannedLine({ id: 'a', phases: { '2027-03': 6 } }))]]),
    reportHash([[plan, planOf(plannedLine({ id: 'b', phases: { '2027-03': 5 } }))]]),
    reportHash([['plan/fy28/root', planOf(plannedLine({ id: 'a', phases: { '2027-03': 5 } }))]]),
    reportHash([[plan, newDocument()]]),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('D17: the order of documents, empty ones, and reading them before or after do not matter', () => {
  const doc = planOf(plannedLine({ id: 'a' }));
  const hash = reportHash([[plan, doc]]);
  const copy = newDocument();
  Y.applyUpdateV2(copy, Y.encodeStateAsUpdateV2(doc));
  expect(
    reportHash([
      ['core', newDocument()],
      [plan, copy],
    ]),
  ).toBe(hash);
  expect(
    reportHash([
      [plan, copy],
      ['core', newDocument()],
    ]),
  ).toBe(hash);
});
