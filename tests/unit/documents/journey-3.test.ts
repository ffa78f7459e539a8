import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { conflicts } from '#lib/documents/conflicts.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { onTyped } from '#lib/documents/replica.ts';
import { reportHash } from '#lib/documents/report-hash.ts';
import { ann, ben, plannedLine, planOf } from './support.ts';

const months = Array.from({ length: 12 }, (_, i) => `2027-${String(i + 1).padStart(2, '0')}`);
const cells = Array.from({ length: 10 }, (_, i) => `line${i}`).flatMap((id) => months.map((month) => ({ id, month })));
/** Ann edits cells 0 to 39 offline, Ben 35 to 64 online: cells 35 to 39 are edited by both. */
const anns = cells.slice(0, 40);
const bens = cells.slice(35, 65);

const amountBy = (member: string, at: number): number => (member === 'ann' ? 1000 : 5000) + at;

function started(): Y.Doc {
  return planOf(...Array.from({ length: 10 }, (_, i) => plannedLine({ id: `line${i}` })));
}

function typeAll(doc: Y.Doc, edits: typeof cells, by: typeof ann): readonly Uint8Array[] {
  const updates: Uint8Array[] = [];
  const stop = onTyped(doc, (bytes) => updates.push(bytes));
  for (const [at, { id, month }] of edits.entries()) {
    openPlan(doc).lines.revise(id, { [month]: amountBy(by.member, at) }, by);
  }
  stop();
  return updates;
}

test('D8, D17: 40 edits offline against 30 online with 5 on the same cells lose nothing, in either order', () => {
  const start = Y.encodeStateAsUpdate(started());
  const [left, right] = [newDocument(), newDocument()];
  for (const doc of [left, right]) Y.applyUpdate(doc, start);
  const annsUpdates = typeAll(left, anns, ann);
  const bensUpdates = typeAll(right, bens, ben);
  expect([annsUpdates.length, bensUpdates.length]).toEqual([40, 30]);

  const annFirst = [...annsUpdates, ...bensUpdates];
  const orders = [annFirst, [...bensUpdates, ...annsUpdates], annFirst.toReversed()];
  const meetings = orders.map((updates) => {
    const doc = newDocument();
    for (const update of [start, ...updates]) Y.applyUpdate(doc, update);
    return doc;
  });
  for (const update of bensUpdates) Y.applyUpdate(left, update);
  for (const update of annsUpdates) Y.applyUpdate(right, update);
  const everywhere = [left, right, ...meetings];

  for (const doc of everywhere) {
    const open = conflicts(doc);
    expect(open).toHaveLength(5);
    const kept = new Set(open.flatMap(({ visible, losers }) => [visible, ...losers].map(({ value }) => value)));
    const shown = new Set([...openPlan(doc).lines.all()].flatMap(({ phases }) => Object.values(phases)));
    const typed = [...anns.map((_, at) => amountBy('ann', at)), ...bens.map((_, at) => amountBy('ben', at))];
    expect(typed.filter((amount) => !kept.has(amount) && !shown.has(amount))).toEqual([]);
  }
  expect(new Set(everywhere.map((doc) => reportHash([['plan/fy27/root', doc]]))).size).toBe(1);
});
