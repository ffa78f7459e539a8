import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openPlan } from '#lib/documents/documents.ts';
import { changesIn, type RecordChange } from '#lib/documents/journal.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows, updatesOf } from '#lib/documents/replica.ts';
import { ann, ben, plannedLine } from './support.ts';

const plan = { kind: 'plan', version: 'fy27', area: 'root' } as const;
const v1 = (updates: readonly Uint8Array[]) => updates.map((bytes) => ({ bytes, format: 'v1' as const }));

function told({ id, said, what }: RecordChange): string {
  const who = said === null ? 'somebody' : said.member;
  if (what.kind !== 'edited') return `${who} ${what.kind} ${id}`;
  return `${who} set ${id} ${what.field} from ${JSON.stringify(what.from)} to ${JSON.stringify(what.to)}`;
}

test('D20: a worked example: who changed which field of which line, from what to what', () => {
  const doc = newDocument();
  const { lines } = openPlan(doc);
  const updates = updatesOf(doc, () => {
    lines.insert(plannedLine({ id: 'crm', name: 'CRM', phases: { '2027-03': 120_000 } }));
    lines.revise('crm', { '2027-03': 150_000, name: 'CRM seats' }, ann);
    lines.revise('crm', { '2027-03': undefined }, ben);
    lines.remove('crm', ben);
    lines.restore('crm', ann);
  });
  const changes = changesIn(plan, v1(updates));
  expect(changes.map(told)).toEqual([
    'somebody added crm',
    'ann set crm 2027-03 from 120000 to 150000',
    'ann set crm name from "CRM" to "CRM seats"',
    'ben set crm 2027-03 from 150000 to undefined',
    'ben removed crm',
    'ann restored crm',
  ]);
  expect(changes[0]?.what).toMatchObject({ kind: 'added', fields: { name: 'CRM', '2027-03': 120_000 } });
  expect(changes.map(({ update }) => update)).toEqual([0, 1, 1, 2, 3, 4]);
  expect(changes.every(({ client, collection }) => client === doc.clientID && collection === 'lines')).toBe(true);
});

test('D20: what its author saw is told, not what became visible', () => {
  const [left, right] = [newDocument(), newDocument()];
  const base = updatesOf(left, () => openPlan(left).lines.insert(plannedLine({ id: 'crm', name: 'CRM' })));
  applyRows(right, v1(base));
  const [ours, theirs] = [
    updatesOf(left, () => openPlan(left).lines.revise('crm', { name: 'Ours' }, ann)),
    updatesOf(right, () => openPlan(right).lines.revise('crm', { name: 'Theirs' }, ben)),
  ];
  expect(changesIn(plan, v1([...base, ...theirs, ...ours])).map(told)).toEqual([
    'somebody added crm',
    'ben set crm name from "CRM" to "Theirs"',
    'ann set crm name from "CRM" to "Ours"',
  ]);
});

test('D20: a write whose predecessor is not there is left out, and dismissals are no changes of records', () => {
  const doc = newDocument();
  const { lines } = openPlan(doc);
  const updates = updatesOf(doc, () => {
    lines.insert(plannedLine({ id: 'crm' }));
    lines.revise('crm', { name: 'A' }, ann);
    lines.revise('crm', { name: 'B' }, ann);
    doc.getMap('dismissed').set('1:1', true);
  });
  expect(changesIn(plan, v1(updates.slice(2))).map(told)).toEqual([]);
});

type Step = readonly [who: number, id: number, value: string, meets: boolean];
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.string({ maxLength: 3 }), fc.boolean()),
  { maxLength: 25 },
);

test('D20: merged updates tell the same changes as those they were merged from', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const docs = [newDocument(), newDocument(), newDocument()];
      const updates: Uint8Array[] = [];
      const begin = updatesOf(docs[0] as Y.Doc, () => {
        for (const id of ['a', 'b', 'c']) openPlan(docs[0] as Y.Doc).lines.insert(plannedLine({ id }));
      });
      updates.push(...begin);
      for (const doc of docs) applyRows(doc, v1(begin));
      for (const [who, id, value, meets] of taken) {
        const doc = docs[who] as Y.Doc;
        if (meets) applyRows(doc, v1(updates));
        const by = { member: `m${who}`, at: ann.at };
        updates.push(
          ...updatesOf(doc, () => openPlan(doc).lines.revise(['a', 'b', 'c'][id] as string, { name: value }, by)),
        );
      }
      const single = changesIn(plan, v1(updates)).map(told);
      const merged = changesIn(plan, v1([Y.mergeUpdates(updates)])).map(told);
      const v2 = { bytes: Y.convertUpdateFormatV1ToV2(Y.mergeUpdates(updates)), format: 'v2' as const };
      expect(merged.toSorted()).toEqual(single.toSorted());
      expect(changesIn(plan, [v2]).map(told).toSorted()).toEqual(single.toSorted());
      expect(changesIn(plan, v1([...updates, ...updates])).map(told)).toEqual(single);
    }),
    { numRuns: 60 },
  );
});
