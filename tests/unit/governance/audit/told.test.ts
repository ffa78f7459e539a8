import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyChain } from '#lib/governance/audit/chain.ts';
import { newSigningKey } from '#lib/governance/audit/ed25519.ts';
import { WITHHELD, type AuditEntry } from '#lib/governance/audit/entry.ts';
import { explainVerdict } from '#lib/governance/audit/export/explain.ts';
import { verifyExport } from '#lib/governance/audit/export/verify-export.ts';
import { told, type Listener } from '#lib/governance/audit/told.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { DecisionEvent } from '#lib/governance/event.ts';
import { evolve } from '#lib/governance/evolve.ts';
import type { Role } from '#lib/governance/people/people.ts';
import { chainReach } from '#lib/governance/rights/rights.ts';
import { initialState } from '#lib/governance/state.ts';
import { writesOf } from '#lib/governance/writes.ts';
import { makeChain } from '#tests/support/make-chain.ts';
import { makeEntry } from '#tests/support/make-entry.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { exportBytes, makeExport } from '#tests/support/make-export.ts';
import { makeLog } from '#tests/support/make-log.ts';

const chain = makeChain();
const { log } = makeLog();

/** Reads what everybody reads, and what belongs to these areas. */
function auditorOf(...areas: readonly string[]): Listener {
  return {
    mayRead: (document) =>
      ['core', 'decisions/root'].includes(document) || areas.some((area) => document.endsWith(`/${area}`)),
    decision: (seq) => log.find((entry) => entry.seq === seq),
    request: () => undefined,
  };
}

function tellable(listener: Listener, entries: readonly AuditEntry[] = chain): readonly number[] {
  return entries.filter((entry) => told(entry, listener).contents !== WITHHELD).map(({ seq }) => seq);
}

test('A19: a worked example: founding, department, rate and what stands in `core` are told; others’ postings are not', () => {
  // 4 posts into root and ops, 5 and 6 into root; 9 is what anna typed into her inbox.
  expect(tellable(auditorOf('ops'))).toEqual([1, 2, 3, 7, 8, 10]);
  expect(tellable(auditorOf('root'))).toEqual([1, 2, 3, 5, 6, 7, 8, 10]);
  expect(tellable(auditorOf('root', 'ops'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10]);
});

test('A19: of an entry that is withheld there is its place and its digests, and nothing else', () => {
  const [, , , fourth] = chain as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];
  const { seq, previous, at, kind, digest, hash } = fourth;
  const contents = WITHHELD;
  expect(told(fourth, auditorOf('ops'))).toEqual({ seq, previous, at, kind, digest, hash, contents });
});

test('A8, A20: what was erased is erased for everybody, and a decision without its events is withheld', () => {
  const erased = chain.map((entry) => ({ ...entry, contents: null }));
  expect(erased.map((entry) => told(entry, auditorOf()).contents)).toEqual(erased.map(() => null));
  const forgotten: Listener = {
    ...auditorOf('root', 'ops'),
    decision: (seq) => log.filter((entry) => entry.seq === seq).map((entry) => ({ ...entry, contents: null }))[0],
  };
  expect(tellable(forgotten)).toEqual([7, 8, 10]);
  // What is left of erased events tells what they were about.
  const left = { ...forgotten, decision: (seq: number) => remainsOf(log.find((entry) => entry.seq === seq)) };
  expect(tellable(left)).toEqual(tellable(auditorOf('root', 'ops')));
  expect(tellable({ ...left, mayRead: auditorOf('root').mayRead })).toEqual(tellable(auditorOf('root')));
});

function remainsOf(entry: LogEntry | undefined): LogEntry | undefined {
  return entry === undefined ? undefined : { ...entry, contents: null, remains: entry.contents?.events ?? [] };
}

/** What is told of a decision with this event to whoever reads the areas, besides these requests. */
function isTold(event: DecisionEvent, areas: readonly string[], requests: Readonly<Record<string, readonly string[]>>) {
  const [decision] = chain;
  const [first] = log;
  if (decision === undefined || first?.contents == null) throw new Error('a decision');
  const entry = { ...first, contents: { ...first.contents, events: [event] } };
  const listener: Listener = {
    ...auditorOf(...areas),
    decision: () => entry,
    request: (id) => (requests[id] === undefined ? undefined : { areas: requests[id] }),
  };
  return told(decision, listener).contents !== WITHHELD;
}

test('A20: a decision about a request is told to whoever reads all of its areas', () => {
  const at = '2027-03-01T09:00:00.000Z';
  const ended: DecisionEvent = {
    kind: 'submission-ended',
    request: 'r1',
    how: 'returned',
    by: 'carl',
    at,
    reason: 'Too much',
  };
  const approval = { step: 's', by: 'carl', for: null, at, hash: 'h', note: '', conflicts: [] };
  const approved: DecisionEvent = { kind: 'approved', request: 'r1', approval, isFinal: true };
  const transferred: DecisionEvent = {
    kind: 'transferred',
    request: 'r1',
    version: 'fy27',
    by: 'carl',
    at,
    phases: [{ document: 'plan/fy27/lab', line: 'l', period: '2027-03', amount: 1 }],
    documents: {},
  };
  for (const event of [ended, approved, transferred]) {
    expect(isTold(event, ['ops', 'lab'], { r1: ['ops', 'lab'] })).toBe(true);
    expect(isTold(event, ['ops'], { r1: ['ops', 'lab'] })).toBe(false);
    expect(isTold(event, ['ops', 'lab'], {})).toBe(false);
  }
  // The areas of a transfer's request may be others by now; the plans that it changed are those it changed.
  expect(isTold(transferred, ['ops'], { r1: ['ops'] })).toBe(false);
});

test('A20: what came back, or is posted again, is also about whoever captured it', () => {
  const entry = makeEntry(makeExpense({ capturedBy: 'carla' }), { area: 'ops', generation: 2 });
  const returned: DecisionEvent = { kind: 'returned', reversals: [entry], reason: 'Not IT' };
  const posted: DecisionEvent = { kind: 'posted', postings: [{ entry, content: '', digest: '' }], batch: null };
  for (const event of [returned, posted]) {
    expect(isTold(event, ['ops'], {})).toBe(false);
    expect(isTold(event, ['ops', 'carla'], {})).toBe(true);
  }
});

test('A20: whoever is told of a decision may read every document that the decider wrote for it', () => {
  const areas = ['root', 'ops', 'lab'];
  fc.assert(
    fc.property(fc.subarray(areas), (read) => {
      let state = initialState();
      for (const [at, { contents }] of log.entries()) {
        const events = contents?.events ?? [];
        const written = writesOf(events, state).map(({ document }) => document);
        state = events.reduce(evolve, state);
        const listener = auditorOf(...read);
        const isOpen = told(chain[at] as AuditEntry, listener).contents !== WITHHELD;
        if (isOpen) expect(written.filter((document) => !listener.mayRead(document))).toEqual([]);
      }
    }),
  );
});

test('A21: withheld contents leave the chain verifiable, whatever is withheld', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), (open) => {
      const listener = (seq: number): Listener => ({
        ...auditorOf('root', 'ops'),
        mayRead: () => open[seq - 1] === true,
      });
      const entries = chain.map((entry) => told(entry, listener(entry.seq)));
      expect(verifyChain(entries, [chain.at(-1) as AuditEntry]).ok).toBe(true);
    }),
  );
});

test('A21: verifying counts what was withheld; one byte changed anywhere is found all the same', async () => {
  const key = await newSigningKey();
  const entries = chain.map((entry) => told(entry.seq === 3 ? { ...entry, contents: null } : entry, auditorOf('root')));
  const file = exportBytes(await makeExport(key, entries));
  expect(new TextDecoder().decode(file)).toContain('"format":"outlay audit 2"');
  const verdict = await verifyExport(file);
  expect(verdict).toMatchObject({ ok: true, value: { first: 1, last: 10, erased: 1, withheld: 2, proved: 1 } });
  expect(explainVerdict(verdict)).toContain(
    'The contents of 1 entry was erased; the chain holds without them. The contents of 2 entries were withheld: whoever exported this may not read what they are about.',
  );
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const changed = file.with(at, (file[at] ?? 0) ^ mask);
      const line = file.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
      const found = await verifyExport(changed);
      if (found.ok) throw new Error('nothing was found');
      expect(found.error.kind === 'header' ? 1 : found.error.line).toBe(line);
    }),
    { numRuns: 500 },
  );
});

test('A21: hashes of updates beside withheld contents prove nothing, and are named', async () => {
  const entries = chain.map((entry) => told(entry, { ...auditorOf(), mayRead: () => false }));
  const file = exportBytes(await makeExport(await newSigningKey(), entries));
  expect(await verifyExport(file)).toMatchObject({ ok: false, error: { seq: 7, why: 'updates-differ' } });
});

const grants: readonly (readonly [Role, readonly string[] | null, ReturnType<typeof chainReach>])[] = [
  ['owner', null, 'whole'],
  ['controller', null, 'whole'],
  ['auditor', null, 'whole'],
  ['auditor', ['ops'], 'part'],
  ['budget-holder', null, 'none'],
  ['approver', null, 'none'],
  ['contributor', null, 'none'],
  ['viewer', null, 'none'],
];

test('A19: who is handed the chain', () => {
  for (const [role, areas, reach] of grants)
    expect([role, chainReach({ held: [{ role, areas, limit: null }] })]).toEqual([role, reach]);
  expect(chainReach({ held: [] })).toBe('none');
  const both = [
    { role: 'viewer', areas: null, limit: null } as const,
    { role: 'auditor', areas: ['ops'], limit: null } as const,
  ];
  expect(chainReach({ held: both })).toBe('part');
});
