import { expect, test } from 'vitest';
import type { Command } from '#lib/governance/command.ts';
import { EMPTY_LOG, headOf, verifyLog, type LogEntry } from '#lib/governance/decision-log.ts';
import type { Grant } from '#lib/governance/people/people.ts';
import { redactedEntries, remainsOf } from '#lib/governance/privacy/remains.ts';
import { adoptLog, parseLogEntry, replay } from '#lib/governance/replay.ts';
import { foundWorkspace, TestDecider } from '#tests/support/decide.ts';
import { makeLogEntry } from '#tests/support/make-log.ts';

const grants: readonly Grant[] = [{ id: 'g', role: 'viewer', areas: null, from: null, until: null, limit: null }];

/** Ben is invited, joins, changes his name, leaves and is erased: the log before and after. */
function erasure(): { readonly before: readonly LogEntry[]; readonly after: readonly LogEntry[] } {
  const decider = new TestDecider();
  const log: LogEntry[] = [];
  const give = (command: Command, by = 'anna'): void => {
    const head = log.length === 0 ? EMPTY_LOG : headOf(log.at(-1) as LogEntry);
    log.push(makeLogEntry(head, command, decider.must(command, by)));
  };
  give(foundWorkspace);
  const tokenHash = 'a'.repeat(64);
  give({ kind: 'invite', id: 'i', name: 'Ben', tokenHash, grants, expires: '2999-01-01T00:00:00.000Z' });
  give({ kind: 'join', invitation: 'i', member: 'ben', name: 'Ben Okafor' }, 'ben');
  give({ kind: 'rename-member', member: 'ben', name: 'Benjamin' });
  give({ kind: 'rename-member', member: 'anna', name: 'Anna' });
  give({ kind: 'remove-member', member: 'ben' });
  const before = [...log];
  const redacted = redactedEntries(log, decider.state.people, 'ben');
  decider.facts = { ...decider.facts, remains: remainsOf(redacted) };
  give({ kind: 'erase-member', member: 'ben' });
  return { before, after: log.map((entry) => redacted.find(({ seq }) => seq === entry.seq) ?? entry) };
}

test('E3: entries that named somebody keep everything but the name, and the log adds up to the same state', () => {
  const { before, after } = erasure();
  expect(JSON.stringify(before)).toMatch(/Ben Okafor/);
  expect(JSON.stringify(after)).not.toMatch(/Ben|Benjamin/);
  expect(after.map(({ contents }) => contents === null)).toEqual([false, true, true, true, false, false, false]);
  expect(verifyLog(after)).toMatchObject({ ok: true });
  const adopted = adoptLog(JSON.parse(JSON.stringify(after)) as unknown[]);
  if (!adopted.ok) throw new Error(adopted.error.why);
  const { members, invitations } = adopted.value.state.people;
  expect(members.get('ben')).toMatchObject({ name: 'Former member 1', grants: [] });
  expect(members.get('ben')?.removedAt).not.toBeNull();
  expect(members.get('anna')?.name).toBe('Anna');
  expect(invitations.get('i')?.name).toBe('Former member 1');
});

test('E3: remains that no erasure vouches for are refused, with the number of the first', () => {
  const { before, after } = erasure();
  const forged = after.map((entry) =>
    entry.seq === 3 ? { ...entry, remains: entry.remains?.map((event) => ({ ...event, name: 'Eve' })) } : entry,
  );
  expect(adoptLog(forged)).toEqual({ ok: false, error: { seq: 3, why: 'contents-differ' } });
  expect(adoptLog(after.slice(0, before.length))).toEqual({ ok: false, error: { seq: 2, why: 'contents-differ' } });
});

test('E3: a log that is read in parts is confirmed by the part that erased', () => {
  const { before, after } = erasure();
  const first = replay(after.slice(0, before.length));
  if (!first.ok) throw new Error(first.error.why);
  expect([...(first.value.unconfirmed?.keys() ?? [])]).toEqual([2, 3, 4]);
  const rest = replay(after.slice(before.length), first.value);
  expect(rest.ok && rest.value.unconfirmed).toBeUndefined();
  expect(parseLogEntry(after[2])).not.toBeNull();
});

test('E2: only whoever was removed is erased, once, under the next number; the log says nothing of them', () => {
  const decider = new TestDecider();
  decider.must(foundWorkspace);
  for (const member of ['ben', 'cleo']) {
    const expires = '2999-01-01T00:00:00.000Z';
    decider.must({ kind: 'invite', id: member, name: member, tokenHash: 'a'.repeat(64), grants, expires });
    decider.must({ kind: 'join', invitation: member, member, name: member }, member);
  }
  const erase = (member: string, by = 'anna') => decider.give({ kind: 'erase-member', member }, by);
  expect(erase('ben')).toEqual({ ok: false, error: { kind: 'still-member', id: 'ben' } });
  expect(erase('nobody')).toEqual({ ok: false, error: { kind: 'unknown-member', id: 'nobody' } });
  expect(erase('ben', 'cleo')).toMatchObject({ ok: false, error: { kind: 'not-allowed', roles: ['owner'] } });
  for (const member of ['ben', 'cleo']) decider.must({ kind: 'remove-member', member });
  expect(erase('cleo')).toMatchObject({ ok: true, value: [{ name: 'Former member 1' }] });
  expect(erase('ben')).toMatchObject({ ok: true, value: [{ name: 'Former member 2' }] });
  expect(erase('ben')).toEqual({ ok: true, value: [] });
});

test('E4: how long is said by owners; ten years stand until then', () => {
  const decider = new TestDecider();
  decider.must(foundWorkspace);
  expect(decider.give({ kind: 'set-retention', records: 10, audit: 10 })).toEqual({ ok: true, value: [] });
  decider.must({ kind: 'set-retention', records: 7, audit: 0 });
  expect(decider.state.people.retention).toEqual({ records: 7, audit: 0 });
});
