import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainEntries, verifyChain } from '#lib/governance/audit/chain.ts';
import { EMPTY_CHAIN, type AuditEntry, type ChainHead } from '#lib/governance/audit/entry.ts';
import { makeChain } from '#tests/support/make-chain.ts';

const chain = makeChain();
const heads: readonly ChainHead[] = chain.map(({ seq, hash }) => ({ seq, hash }));
const head = heads.at(-1) as ChainHead;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('A2, A5: a worked example: every hash can be recomputed from the text of the entry', () => {
  const salt = '0'.repeat(31) + '1';
  const contents = { salt, log: 1, logHash: 'a'.repeat(64), command: 'found-workspace', by: 'anna' } as const;
  const at = '2026-11-02T09:00:00.000Z';
  const [entry] = chainEntries(EMPTY_CHAIN, [{ kind: 'decision', at, contents }]);
  const digest = sha256(
    `{"by":"anna","command":"found-workspace","log":1,"logHash":"${'a'.repeat(64)}","salt":"${salt}"}`,
  );
  const hash = sha256(`{"at":"${at}","digest":"${digest}","kind":"decision","previous":"${'0'.repeat(64)}","seq":1}`);
  expect(entry).toEqual({ seq: 1, previous: '0'.repeat(64), at, kind: 'decision', digest, hash, contents });
});

test('A2: entries made in several transactions are the chain they would be in one', () => {
  const facts = chain.map(({ kind, at, contents }) => ({ kind, at, contents })) as Parameters<typeof chainEntries>[1];
  for (let cut = 0; cut <= chain.length; cut++) {
    const begun = chainEntries(EMPTY_CHAIN, facts.slice(0, cut));
    expect([...begun, ...chainEntries(begun.at(-1) ?? EMPTY_CHAIN, facts.slice(cut))]).toEqual(chain);
  }
});

test('A6: an unchanged chain verifies, from its beginning or from any entry on', () => {
  expect(verifyChain(chain)).toEqual({ ok: true, value: head });
  expect(verifyChain(chain, heads)).toEqual({ ok: true, value: head });
  expect(verifyChain(chain.slice(4), [head], heads[3])).toEqual({ ok: true, value: head });
  expect(verifyChain([])).toEqual({ ok: true, value: EMPTY_CHAIN });
});

test('A6: what was done to a chain is named with the first bad entry', () => {
  const [one, two, three, four] = chain as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];
  expect(faultOf([one, three, four])).toEqual({ seq: 2, why: 'left-out' });
  expect(faultOf([two, one])).toEqual({ seq: 1, why: 'left-out' });
  expect(faultOf([one, two, two, three])).toEqual({ seq: 3, why: 'out-of-place' });
  expect(faultOf([one, three, two, four])).toEqual({ seq: 2, why: 'left-out' });
  expect(faultOf([one, { ...two, previous: three.hash }])).toEqual({ seq: 2, why: 'does-not-follow' });
  expect(faultOf([one, { ...two, at: '2026-11-02T08:00:00.000Z' }])).toEqual({ seq: 2, why: 'changed' });
  const contents = { ...two.contents, by: 'bela' };
  expect(faultOf([one, { ...two, contents } as AuditEntry])).toEqual({ seq: 2, why: 'contents-changed' });
});

test('A7: against known heads a missing end and a rewritten history are found', () => {
  expect(verifyChain(chain.slice(0, -1), [head])).toEqual({ ok: false, error: { seq: 10, why: 'truncated' } });
  expect(verifyChain([], [head])).toEqual({ ok: false, error: { seq: 1, why: 'truncated' } });
  const rewritten = rewrittenFrom(chain, 5);
  expect(verifyChain(rewritten).ok).toBe(true);
  expect(verifyChain(rewritten, [head])).toEqual({ ok: false, error: { seq: 10, why: 'rewritten' } });
  expect(verifyChain(rewritten, heads)).toEqual({ ok: false, error: { seq: 6, why: 'rewritten' } });
});

test('A8: erased contents leave the chain as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), (isErased) => {
      const erased = chain.map((entry, at) => (isErased[at] ? { ...entry, contents: null } : entry));
      expect(verifyChain(erased, heads)).toEqual({ ok: true, value: head });
    }),
  );
});

test('A6: any single value changed anywhere is found at its entry', () => {
  fc.assert(
    fc.property(fc.nat({ max: chain.length - 1 }), fc.nat(), (at, pick) => {
      const copy = structuredClone(chain) as AuditEntry[];
      const entry = copy[at] as unknown as Record<string, unknown>;
      const contents = entry['contents'] as Record<string, unknown>;
      const places = [entry, contents].flatMap((of) => Object.keys(of).map((name) => ({ of, name })));
      const place = places.filter(({ name }) => name !== 'contents')[pick % (places.length - 1)];
      if (place) place.of[place.name] = changed(place.of[place.name]);
      expect(faultOf(copy)?.seq).toBe(at + 1);
    }),
  );
});

test('A6: entries left out, put in, exchanged or repeated are found where it begins', () => {
  const place = fc.nat({ max: chain.length - 1 });
  fc.assert(
    fc.property(place, place, fc.constantFrom('leave-out', 'put-in', 'exchange'), (a, b, what) => {
      const copy = [...chain];
      if (what === 'leave-out') copy.splice(a, 1);
      if (what === 'put-in') copy.splice(a, 0, chain[b] as AuditEntry);
      if (what === 'exchange') [copy[a], copy[b]] = [chain[b] as AuditEntry, chain[a] as AuditEntry];
      const firstBad = copy.findIndex((entry, at) => entry !== chain[at]);
      const isCut = copy.length < chain.length && firstBad < 0;
      if (isCut) expect(verifyChain(copy, [head])).toMatchObject({ error: { why: 'truncated' } });
      else expect(faultOf(copy)?.seq ?? 0).toBe(firstBad + 1);
    }),
  );
});

function faultOf(entries: readonly AuditEntry[]) {
  const verified = verifyChain(entries);
  return verified.ok ? null : verified.error;
}

/** The chain as whoever has the database could make it anew, with another author of entry `after + 1`. */
function rewrittenFrom(entries: readonly AuditEntry[], after: number): readonly AuditEntry[] {
  const kept = entries.slice(0, after);
  const facts = entries.slice(after).map(({ kind, at, contents }) => ({ kind, at, contents }));
  const [first, ...rest] = structuredClone(facts) as Parameters<typeof chainEntries>[1];
  if (first?.kind !== 'decision') throw new Error('a decision stands there');
  const forged = { ...first, contents: { ...first.contents, by: 'mallory' } };
  return [...kept, ...chainEntries(kept.at(-1) ?? EMPTY_CHAIN, [forged, ...rest])];
}

function changed(value: unknown): unknown {
  return typeof value === 'number' ? value + 1 : `${String(value)}0`;
}
