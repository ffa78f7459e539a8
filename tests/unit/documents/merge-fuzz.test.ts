import { env } from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { conflicts, losers } from '#lib/documents/conflicts.ts';
import { isIncomplete, newDocument } from '#lib/documents/new-document.ts';
import { applyRows } from '#lib/documents/replica.ts';
import { reportHash } from '#lib/documents/report-hash.ts';
import { fieldKey } from '#lib/documents/record-layout.ts';
import { expectedLosers, expectedUnseen, keys, lines, Replica, type Chronicle, type Row } from './replicas.ts';

/** More with FUZZ_RUNS=5000. */
const runs = Number(env['FUZZ_RUNS'] ?? 300);

type Step =
  | { readonly do: 'type'; readonly who: number; readonly key: number }
  | { readonly do: 'toggle'; readonly who: number; readonly line: number }
  /** One device hands rows to another: some of them, maybe shuffled, twice, or merged into one. */
  | {
      readonly do: 'send';
      readonly who: number;
      readonly to: number;
      readonly pick: readonly number[];
      readonly merged: boolean;
    }
  /** One device hands on what it has beyond what a third one has: all, or with gaps at the receiver. */
  | {
      readonly do: 'catch-up';
      readonly who: number;
      readonly to: number;
      readonly beyond: number | null;
      readonly format: 'v1' | 'v2';
    }
  | { readonly do: 'reload'; readonly who: number; readonly from: 'rows' | 'merged rows' | 'snapshot' }
  /** A device is lost with whatever it had not sent; another takes its place. */
  | { readonly do: 'vanish'; readonly who: number };

const nat = fc.nat({ max: 999 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('type' as const), who: nat, key: nat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('toggle' as const), who: nat, line: nat }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      who: nat,
      to: nat,
      pick: fc.array(nat, { minLength: 1, maxLength: 8 }),
      merged: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('catch-up' as const),
      who: nat,
      to: nat,
      beyond: fc.option(nat),
      format: fc.constantFrom('v1' as const, 'v2' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('reload' as const),
      who: nat,
      from: fc.constantFrom('rows' as const, 'merged rows' as const, 'snapshot' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('vanish' as const), who: nat }) },
);

const title = 'whatever way updates travel, every concurrent loser is found on every replica and nothing else';

test(`D8, D9: ${title}`, { timeout: 30_000 + runs * 50 }, () => {
  let found = 0;
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 5 }), fc.array(step, { maxLength: 60 }), (count, steps) => {
      const replicas = Array.from({ length: count }, () => new Replica());
      const chronicle = play(replicas, steps);
      for (const replica of replicas) expectAllFound(replica, chronicle);

      meetAll(replicas);
      const lateJoiner = new Replica(replicas[0]?.rows.toReversed());
      const fromSnapshot = new Replica([difference(replicas.at(-1) ?? lateJoiner, null, 'v2')]);
      const everywhere = [...replicas, lateJoiner, fromSnapshot];
      for (const replica of everywhere) found += expectAllFound(replica, chronicle);
      expectEqual(everywhere);
    }),
    { numRuns: runs },
  );
  // Many a run has none, and how many there are is chance: 289 in 300 runs were seen. None would prove nothing.
  expect(found).toBeGreaterThan(runs / 3);
});

function play(replicas: Replica[], steps: readonly Step[]): Chronicle {
  const chronicle: Chronicle = { typed: [], removals: [] };
  for (const [at, step] of steps.entries()) {
    const who = pickFrom(replicas, step.who);
    if (step.do === 'type') chronicle.typed.push(who.type(pickFrom(keys, step.key), at + 1));
    else if (step.do === 'toggle')
      chronicle.removals.push(...[who.toggle(pickFrom(lines, step.line))].filter(isPresent));
    else if (step.do === 'send') pickFrom(replicas, step.to).receive(parcel(who, step));
    else if (step.do === 'catch-up')
      pickFrom(replicas, step.to).receive([
        difference(who, step.beyond === null ? null : pickFrom(replicas, step.beyond), step.format),
      ]);
    else if (step.do === 'reload') who.reload(storedRows(who, step.from));
    else replicas[replicas.indexOf(who)] = new Replica();
  }
  return chronicle;
}

function parcel(
  sender: Replica,
  { pick, merged }: { readonly pick: readonly number[]; readonly merged: boolean },
): Row[] {
  const rows = pick.map((at) => pickFrom(sender.rows, at));
  const [first] = rows;
  const mergeable = rows.filter(({ format }) => format === first?.format);
  return merged && first !== undefined ? [mergeRows(mergeable)] : rows;
}

function mergeRows(rows: readonly Row[]): Row {
  const format = rows[0]?.format ?? 'v1';
  const bytes = rows.map((row) => row.bytes);
  return { bytes: format === 'v1' ? Y.mergeUpdates(bytes) : Y.mergeUpdatesV2(bytes), format };
}

function difference({ doc }: Replica, beyond: Replica | null, format: 'v1' | 'v2'): Row {
  const since = beyond === null ? undefined : Y.encodeStateVector(beyond.doc);
  return { bytes: format === 'v1' ? Y.encodeStateAsUpdate(doc, since) : Y.encodeStateAsUpdateV2(doc, since), format };
}

function storedRows(replica: Replica, from: 'rows' | 'merged rows' | 'snapshot'): readonly Row[] {
  if (from === 'rows') return replica.rows;
  if (from === 'merged rows') {
    const [v1, v2] = (['v1', 'v2'] as const).map((format) => replica.rows.filter((row) => row.format === format));
    return [v1, v2].filter((rows) => rows !== undefined && rows.length > 0).map((rows) => mergeRows(rows ?? []));
  }
  const doc = newDocument();
  applyRows(doc, replica.rows);
  // Rows are never folded over a gap.
  return isIncomplete(doc) ? replica.rows : [difference(replica, null, 'v2')];
}

function meetAll(replicas: readonly Replica[]): void {
  const all = replicas.flatMap(({ rows }) => rows);
  for (const replica of replicas) replica.receive(all);
}

/** Found afresh, found by keeping count transaction by transaction, and expected, are the same. */
function expectAllFound(replica: Replica, chronicle: Chronicle): number {
  const { doc, tracker } = replica;
  const lost = keys.flatMap((key) => losers(doc, 'lines', key).map(({ value }) => `${key} ${JSON.stringify(value)}`));
  expect(lost.toSorted()).toEqual(expectedLosers(replica, chronicle));
  expect(unseenOf(doc).toSorted()).toEqual(expectedUnseen(replica, chronicle).toSorted());
  expect(inOrder(tracker.all())).toEqual(inOrder(conflicts(doc)));
  return lost.length;
}

/** Edits of removed lines that were found to be conflicts of the removal. */
function unseenOf(doc: Y.Doc): readonly string[] {
  return conflicts(doc)
    .filter(({ field }) => field === 'deleted')
    .flatMap(({ id, losers: lost }) =>
      lost
        .filter(({ key }) => key !== fieldKey(id, 'deleted'))
        .map(({ value }) => `${fieldKey(id, 'deleted')} ${JSON.stringify(value)}`),
    );
}

function isPresent<T>(value: T | null): value is T {
  return value !== null;
}

function inOrder(open: ReturnType<typeof conflicts>) {
  return open.toSorted((a, b) => (`${a.id}|${a.field ?? ''}` < `${b.id}|${b.field ?? ''}` ? -1 : 1));
}

function expectEqual(replicas: readonly Replica[]): void {
  expect(new Set(replicas.map(({ doc }) => reportHash([['plan/fy27/root', doc]]))).size).toBe(1);
  expect(new Set(replicas.map(({ doc }) => JSON.stringify(inOrder(conflicts(doc))))).size).toBe(1);
}

function pickFrom<T>(items: readonly T[], at: number): T {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
