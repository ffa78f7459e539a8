import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { conflicts } from '#lib/documents/conflicts.ts';
import { trackConflicts } from '#lib/documents/conflict-tracker.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { isIncomplete, newDocument } from '#lib/documents/new-document.ts';
import { fieldKey } from '#lib/documents/record-layout.ts';
import { resolveConflict } from '#lib/documents/resolve-conflict.ts';
import { ann, ben, exchange, plannedLine, planOf } from './support.ts';

const march = fieldKey('cloud', '2027-03');

/** Ann and Ben each have the line, apart from each other. */
function twoPlans(): readonly [Y.Doc, Y.Doc] {
  const left = planOf(plannedLine({ id: 'cloud', phases: { '2027-03': 100 } }));
  const right = newDocument();
  exchange(left, right);
  return [left, right];
}

describe('finding', () => {
  test('D8: two people type into one cell apart: both values stay, with both authors', () => {
    const [left, right] = twoPlans();
    openPlan(left).lines.revise('cloud', { '2027-03': 120 }, ann);
    openPlan(right).lines.revise('cloud', { '2027-03': 130 }, ben);
    exchange(left, right);
    for (const doc of [left, right]) {
      const [conflict, ...others] = conflicts(doc);
      expect(others).toEqual([]);
      const seen = [conflict?.visible, ...(conflict?.losers ?? [])].map((version) => [version?.value, version?.member]);
      expect(seen.toSorted()).toEqual([
        [120, 'ann'],
        [130, 'ben'],
      ]);
    }
    expect(conflicts(left)).toEqual(conflicts(right));
  });

  test('D8: typing over a value one has seen is no conflict', () => {
    const [left, right] = twoPlans();
    openPlan(left).lines.revise('cloud', { '2027-03': 120 }, ann);
    exchange(left, right);
    openPlan(right).lines.revise('cloud', { '2027-03': 130 }, ben);
    exchange(left, right);
    expect(conflicts(left)).toEqual([]);
  });

  test('D8: the same value typed twice apart is no conflict', () => {
    const [left, right] = twoPlans();
    openPlan(left).lines.revise('cloud', { '2027-03': 120 }, ann);
    openPlan(right).lines.revise('cloud', { '2027-03': 120 }, ben);
    exchange(left, right);
    expect(conflicts(left)).toEqual([]);
  });

  test('D7: an edit of a line that somebody else removed meanwhile is a conflict of the removal', () => {
    const [left, right] = twoPlans();
    openPlan(left).lines.remove('cloud', ann);
    openPlan(right).lines.revise('cloud', { '2027-03': 130 }, ben);
    exchange(left, right);
    const [conflict] = conflicts(right);
    expect(conflict).toMatchObject({
      field: 'deleted',
      visible: { value: true },
      losers: [{ key: march, value: 130 }],
    });
    expect(openPlan(left).lines.get('cloud')).toBeUndefined();
  });

  test('D7: removing a line twice apart, or after seeing the edits, is no conflict', () => {
    const [left, right] = twoPlans();
    openPlan(right).lines.revise('cloud', { '2027-03': 130 }, ben);
    openPlan(right).lines.remove('cloud', ben);
    openPlan(left).lines.remove('cloud', ann);
    exchange(left, right);
    expect(conflicts(left)).toEqual([]);
    expect(conflicts(right)).toEqual([]);
  });
});

describe('while something is missing', () => {
  /** Ann's amount has lost to Ben's second edit, and Carl has Ann's and that, but not yet Ben's first. */
  function carlsGap() {
    const [left, right] = twoPlans();
    const carl = newDocument();
    left.clientID = 1;
    right.clientID = 2;
    openPlan(left).lines.revise('cloud', { '2027-03': 120 }, ann);
    exchange(left, carl);
    const before = Y.encodeStateVector(right);
    openPlan(right).lines.revise('cloud', { note: 'Ben' }, ben);
    const first = Y.encodeStateAsUpdate(right, before);
    const after = Y.encodeStateVector(right);
    openPlan(right).lines.revise('cloud', { '2027-03': 130 }, ben);
    exchange(left, right);
    Y.applyUpdate(carl, Y.encodeStateAsUpdate(right, after));
    return { carl, first };
  }

  test('D9: a document with a gap says that it is incomplete, and no key of it vanishes', () => {
    const { carl } = carlsGap();
    expect(isIncomplete(carl)).toBe(true);
    expect(openPlan(carl).lines.get('cloud')?.phases).toEqual({ '2027-03': 120 });
  });

  test('D8: when the gap closes, the loser is found with its value', () => {
    const { carl, first } = carlsGap();
    Y.applyUpdate(carl, first);
    expect(isIncomplete(carl)).toBe(false);
    expect(conflicts(carl)).toMatchObject([{ visible: { value: 130 }, losers: [{ value: 120, member: 'ann' }] }]);
  });
});

describe('settling', () => {
  function inConflict(): readonly [Y.Doc, Y.Doc] {
    const [left, right] = twoPlans();
    openPlan(left).lines.revise('cloud', { '2027-03': 120 }, ann);
    openPlan(right).lines.revise('cloud', { '2027-03': 130 }, ben);
    exchange(left, right);
    return [left, right];
  }

  test('D10: choosing the loser writes it and settles the conflict everywhere', () => {
    const [left, right] = inConflict();
    const [conflict] = conflicts(left);
    const [loser] = conflict?.losers ?? [];
    if (conflict === undefined || loser === undefined) throw new Error('no conflict');
    expect(resolveConflict(left, conflict, loser, ann).ok).toBe(true);
    exchange(left, right);
    for (const doc of [left, right]) {
      expect(conflicts(doc)).toEqual([]);
      expect(openPlan(doc).lines.get('cloud')?.phases['2027-03']).toBe(loser.value);
    }
  });

  test('D10: two people who settle it differently apart meet in a new conflict', () => {
    const [left, right] = inConflict();
    const [conflict] = conflicts(left);
    const [loser] = conflict?.losers ?? [];
    if (conflict === undefined || loser === undefined) throw new Error('no conflict');
    resolveConflict(left, conflict, loser, ann);
    resolveConflict(right, conflict, conflict.visible, ben);
    exchange(left, right);
    expect(conflicts(left)).toHaveLength(1);
    expect(conflicts(right)).toEqual(conflicts(left));
  });

  test('D10: a conflict that changed after the person looked is not settled behind their back', () => {
    const [left, right] = inConflict();
    const [conflict] = conflicts(left);
    if (conflict === undefined) throw new Error('no conflict');
    openPlan(right).lines.revise('cloud', { '2027-03': 140 }, ben);
    exchange(left, right);
    const settled = resolveConflict(left, conflict, conflict.visible, ann);
    expect(settled).toMatchObject({
      ok: false,
      error: { kind: 'changed-meanwhile', now: { visible: { value: 140 } } },
    });
  });

  test('D7: keeping a removal settles it; choosing the edit brings the line back', () => {
    for (const keep of [true, false]) {
      const [left, right] = twoPlans();
      openPlan(left).lines.remove('cloud', ann);
      openPlan(right).lines.revise('cloud', { '2027-03': 130 }, ben);
      exchange(left, right);
      const [conflict] = conflicts(left);
      const [edit] = conflict?.losers ?? [];
      if (conflict === undefined || edit === undefined) throw new Error('no conflict');
      resolveConflict(left, conflict, keep ? conflict.visible : edit, ann);
      exchange(left, right);
      expect(conflicts(right)).toEqual([]);
      expect(openPlan(right).lines.get('cloud')?.phases['2027-03']).toBe(keep ? undefined : 130);
    }
  });
});

describe('counting', () => {
  test('D9: a tracker counts the conflicts within the keys of a total, and lets go when closed', () => {
    const [left, right] = twoPlans();
    let changes = 0;
    const tracker = trackConflicts(left, () => (changes += 1));
    openPlan(left).lines.revise('cloud', { '2027-03': 120, note: 'Ann' }, ann);
    openPlan(right).lines.revise('cloud', { '2027-03': 130, note: 'Ben' }, ben);
    exchange(left, right);
    expect(tracker.count('lines', [march, fieldKey('cloud', '2027-04')])).toBe(1);
    expect(tracker.all()).toHaveLength(2);
    expect(tracker.at('lines', march)?.losers).toHaveLength(1);
    tracker.close();
    const before = changes;
    openPlan(left).lines.revise('cloud', { '2027-03': 150 }, ann);
    expect(changes).toBe(before);
  });
});
