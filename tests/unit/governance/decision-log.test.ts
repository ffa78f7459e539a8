import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_LOG, headOf, verifyLog, type Head, type LogEntry } from '#lib/governance/decision-log.ts';
import { fullDigest } from '#lib/governance/digest.ts';
import { makeLog } from '#tests/support/make-log.ts';

const { log } = makeLog();
const head: Head = headOf(log.at(-1) as LogEntry);

test('G18: an entry carries the hash before it and a hash over all but its contents', () => {
  const [first, second] = log;
  expect(first).toMatchObject({ seq: 1, previous: '0'.repeat(64), command: 'found-workspace', by: 'anna' });
  expect(second?.previous).toBe(first?.hash);
  const { hash, contents, ...chained } = first as LogEntry;
  expect(hash).toBe(fullDigest(chained));
  expect(chained.digest).toBe(fullDigest(contents));
});

test('G18: hashes are SHA-256 of canonical JSON', () => {
  // printf '{"a":1,"b":[true,null,"é"]}' | sha256sum
  expect(fullDigest({ b: [true, null, 'é'], a: 1 })).toBe(
    '9488dd13ca33d3291f5a91a1833dfa164811755ffba538c2b340780f8c31a0cb',
  );
  // printf '"abc"' | sha256sum
  expect(fullDigest('abc')).toBe('6cc43f858fbb763301637b5af970e2a46b46f461f27e5a0f41e009c59b827b25');
});

test('G19: an unchanged log verifies, from its beginning or from a known head', () => {
  expect(verifyLog(log)).toEqual({ ok: true, value: head });
  expect(verifyLog(log, EMPTY_LOG, head)).toEqual({ ok: true, value: head });
  expect(verifyLog(log.slice(2), headOf(log[1] as LogEntry), head)).toEqual({ ok: true, value: head });
  expect(verifyLog([])).toEqual({ ok: true, value: EMPTY_LOG });
});

test('G19: what was done to a log is named with the first bad entry', () => {
  const [one, two, three] = log as [LogEntry, LogEntry, LogEntry];
  const faultOf = (entries: readonly LogEntry[]) => {
    const verified = verifyLog(entries, EMPTY_LOG, head);
    return verified.ok ? null : verified.error;
  };
  expect(faultOf([one, three])).toEqual({ seq: 2, why: 'out-of-sequence' });
  expect(faultOf([two, one])).toEqual({ seq: 1, why: 'out-of-sequence' });
  expect(faultOf([one, { ...two, previous: three.hash }])).toEqual({ seq: 2, why: 'does-not-follow' });
  expect(faultOf([one, { ...two, by: 'bela' }])).toEqual({ seq: 2, why: 'hash-differs' });
  const contents = two.contents && { ...two.contents, events: [] };
  expect(faultOf([one, { ...two, contents }])).toEqual({ seq: 2, why: 'contents-differ' });
  expect(faultOf(log.slice(0, -1))).toEqual({ seq: 5, why: 'truncated' });
  expect(faultOf([])).toEqual({ seq: 0, why: 'truncated' });
});

test('G20: erased contents leave the chain as it was', () => {
  expect(verifyLog(log.map((entry) => ({ ...entry, contents: null })))).toEqual({ ok: true, value: head });
});

interface Leaf {
  readonly of: Record<string, unknown>;
  readonly name: string;
}

/** Every value of plain data that holds no others. */
function leaves(value: unknown): Leaf[] {
  if (typeof value !== 'object' || value === null) return [];
  const of = value as Record<string, unknown>;
  return Object.keys(of).flatMap((name) => {
    const inner = leaves(of[name]);
    return inner.length > 0 ? inner : [{ of, name }];
  });
}

function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return value === '' ? 'x' : value.slice(1);
  return Array.isArray(value) ? ['x'] : 'x';
}

test('G19: any single value changed anywhere is found at its entry', () => {
  fc.assert(
    fc.property(fc.nat({ max: log.length - 1 }), fc.nat(), (at, pick) => {
      const copy = structuredClone(log) as LogEntry[];
      const all = leaves(copy[at]);
      const leaf = all[pick % all.length];
      if (!leaf) throw new Error('an entry without values');
      leaf.of[leaf.name] = changed(leaf.of[leaf.name]);
      expect(verifyLog(copy, EMPTY_LOG, head)).toMatchObject({ ok: false, error: { seq: at + 1 } });
    }),
    { numRuns: 300 },
  );
});

test('G19: any other order or selection of the entries is found', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: log.length - 1 }), { maxLength: 8 }), (chosen) => {
      fc.pre(chosen.join() !== log.map((_, i) => i).join());
      const copy = chosen.map((i) => log[i] as LogEntry);
      expect(verifyLog(copy, EMPTY_LOG, head).ok).toBe(false);
    }),
  );
});
