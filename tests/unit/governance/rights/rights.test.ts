import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROLES, type Grant, type Role } from '#lib/governance/people/people.ts';
import { access, accessOfGrants, type Access } from '#lib/governance/rights/access.ts';
import { mayGive, mayGiveKind, mayRead, mayWrite, type Named } from '#lib/governance/rights/rights.ts';
import { MAY_GIVE, MAY_READ, type DocumentKind } from '#lib/governance/rights/table.ts';
import type { Command } from '#lib/governance/command.ts';
import { foundedDecider, postOf } from '#tests/support/decide.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { letIn, makeGrant } from '#tests/support/people.ts';

const TODAY = '2027-03-10';
const KINDS = Object.keys(MAY_READ) as readonly DocumentKind[];
const COMMANDS = Object.keys(MAY_GIVE) as readonly Command['kind'][];

function holding(...grants: readonly Partial<Grant>[]): Access {
  return accessOfGrants(grants.map(makeGrant), 'me', new Set(['me', 'you']), TODAY);
}

function named(kind: DocumentKind, where: 'mine' | 'theirs'): Named {
  if (kind === 'core') return { kind };
  if (kind === 'inbox' || kind === 'returns') return { kind, member: where === 'mine' ? 'me' : 'you' };
  return { kind, area: where === 'mine' ? 'ops' : 'lab' };
}

/** Where a role that holds in the area `ops` may: everywhere, in its area or its own things, or nowhere. */
function spot(may: (where: 'mine' | 'theirs') => boolean): string {
  return may('theirs') ? 'all' : may('mine') ? 'own' : '-';
}

function row(first: string, cells: readonly string[]): string {
  return [first.padEnd(17), ...cells.map((cell) => cell.padEnd(11))].join('').trimEnd();
}

const grantOf = (role: Role): Partial<Grant> => ({
  role,
  areas: role === 'owner' || role === 'controller' || role === 'contributor' ? null : ['ops'],
});

test('R1: who reads what', () => {
  const table = KINDS.map((kind) =>
    row(
      kind,
      ROLES.map((role) => spot((where) => mayRead(holding(grantOf(role)), named(kind, where)))),
    ),
  );
  expect(
    [
      '',
      row(
        '',
        ROLES.map((role) => role.slice(0, 10)),
      ),
      ...table,
    ].join('\n'),
  ).toBe(`
                 owner      controller budget-hol contributo approver   auditor    viewer
core             all        all        all        all        all        all        all
decisions        all        all        all        all        all        all        all
plan             all        all        own        -          own        own        own
scenario         all        all        own        -          own        own        own
talk             all        all        own        -          own        own        own
analysis         all        all        own        -          own        own        own
ledger           all        all        own        -          own        own        own
approvals        all        all        own        -          own        own        own
inbox            all        all        own        own        own        -          own
returns          all        all        own        own        own        -          own`);
});

test('R1: an auditor of all areas reads everything there is', () => {
  for (const kind of KINDS) expect(mayRead(holding({ role: 'auditor' }), named(kind, 'theirs'))).toBe(true);
});

test('R2: who writes what', () => {
  const table = KINDS.map((kind) =>
    row(
      kind,
      ROLES.map((role) => spot((where) => mayWrite(holding(grantOf(role)), named(kind, where), false) === null)),
    ),
  );
  expect(
    [
      '',
      row(
        '',
        ROLES.map((role) => role.slice(0, 10)),
      ),
      ...table,
    ].join('\n'),
  ).toBe(`
                 owner      controller budget-hol contributo approver   auditor    viewer
core             all        all        all        -          -          -          -
decisions        -          -          -          -          -          -          -
plan             all        all        own        -          -          -          -
scenario         all        all        own        -          -          -          -
talk             all        all        own        -          own        own        -
analysis         all        all        own        -          -          -          -
ledger           -          -          -          -          -          -          -
approvals        -          -          -          -          -          -          -
inbox            own        own        own        own        own        -          -
returns          -          -          -          -          -          -          -`);
});

test('R2: what is sealed nobody writes, and what only the decider writes nobody ever does', () => {
  for (const kind of KINDS) {
    for (const role of ROLES) {
      const open = mayWrite(holding({ role }), named(kind, 'mine'), false);
      expect(mayWrite(holding({ role }), named(kind, 'mine'), true)).toBe(open ?? 'sealed');
    }
  }
  expect(mayWrite(holding({ role: 'owner' }), { kind: 'ledger', area: 'ops' }, false)).toBe('decider-only');
});

test('R2: an inbox that came with a restored copy is an owner’s to write, anybody else’s is not', () => {
  const stray: Named = { kind: 'inbox', member: 'somebody-elsewhere' };
  for (const role of ROLES) expect(mayWrite(holding({ role }), stray, false) === null).toBe(role === 'owner');
});

test('R3: who gives which command', () => {
  const mark = (role: Role, kind: Command['kind']): string => {
    const reaches = MAY_GIVE[kind];
    return typeof reaches === 'string' ? '-' : reaches[role].replace('none', '-');
  };
  const table = COMMANDS.map((kind) =>
    row(
      kind.slice(0, 16),
      ROLES.map((role) => mark(role, kind)),
    ),
  );
  const ours = table.filter(
    (line) => !/^(set-policy|submit|approve|return-sub|withdraw|close-p|reopen|transfer|open-am)/.test(line),
  );
  expect(
    [
      '',
      row(
        '',
        ROLES.map((role) => role.slice(0, 10)),
      ),
      ...ours,
    ].join('\n'),
  ).toBe(`
                 owner      controller budget-hol contributo approver   auditor    viewer
found-workspace  -          -          -          -          -          -          -
rename-workspace any        -          -          -          -          -          -
post             any        any        areas      -          -          -          -
return           any        any        areas      -          -          -          -
reverse          any        any        areas      -          -          -          -
recode           any        any        areas      -          -          -          -
add-department   any        any        -          -          -          -          -
revise-departmen any        any        -          -          -          -          -
close-department any        any        -          -          -          -          -
mark-area        any        any        -          -          -          -          -
set-calendar     any        any        -          -          -          -          -
set-rates        any        any        -          -          -          -          -
remove-rate      any        any        -          -          -          -          -
invite           any        -          -          -          -          -          -
revoke-invitatio any        -          -          -          -          -          -
join             -          -          -          -          -          -          -
rename-member    any        own        own        own        own        own        own
grant            any        -          -          -          -          -          -
revoke-grant     any        -          -          -          -          -          -
remove-member    any        -          -          -          -          -          -
erase-member     any        -          -          -          -          -          -
set-retention    any        -          -          -          -          -          -
delegate         any        any        -          -          areas      -          -
revoke-delegatio any        own        -          -          own        -          -`);
});

test('R3: whoever may not is told who may', () => {
  expect(mayGive(holding({ role: 'viewer' }), { kind: 'rename-workspace', name: 'Mine' })).toEqual({
    kind: 'not-allowed',
    roles: ['owner'],
  });
  expect(mayGiveKind(holding(), 'post')).toEqual({
    kind: 'not-allowed',
    roles: ['owner', 'controller', 'budget-holder'],
  });
});

test('R4: a budget holder posts and corrects in their own areas only, wherever it is said or follows', () => {
  const decider = foundedDecider();
  const version = { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null };
  decider.must({ kind: 'add-department', id: 'ops', version, area: true });
  letIn(decider, 'tomas', { role: 'budget-holder', areas: ['ops'] });
  const own = makeExpense({ id: 'own', departmentId: 'ops' });
  const others = makeExpense({ id: 'others' });
  decider.must(postOf([own]), 'tomas');
  const outside = { ok: false, error: { kind: 'not-in-area', areas: ['root'] } };
  expect(decider.give(postOf([others]), 'tomas')).toEqual(outside);
  decider.must(postOf([others]));
  const [entry, other] = decider.ledger;
  if (entry === undefined || other === undefined) throw new Error('two entries');
  expect(decider.give({ kind: 'reverse', entries: [other], reason: 'Wrong' }, 'tomas')).toEqual(outside);
  const moved = { kind: 'recode', entries: [entry], coding: { departmentId: 'root' }, reason: 'Moved' } as const;
  expect(decider.give(moved, 'tomas')).toEqual(outside);
  decider.must({ kind: 'return', entries: [entry], reason: 'Wrong' }, 'tomas');
});

test('R5: who is no member, was removed, or whose roles have ended, has nothing at all', () => {
  const decider = foundedDecider();
  letIn(decider, 'was', { role: 'controller', until: '2027-03-09' });
  letIn(decider, 'gone', { role: 'controller' });
  letIn(decider, 'will', { role: 'controller', from: '2027-03-11' });
  decider.must({ kind: 'remove-member', member: 'gone' });
  for (const member of ['was', 'gone', 'will', 'stranger']) {
    const rights = access(decider.state.people, member, TODAY);
    for (const kind of KINDS) {
      expect(mayRead(rights, named(kind, 'mine'))).toBe(false);
      expect(mayWrite(rights, named(kind, 'mine'), false)).not.toBeNull();
    }
    for (const kind of COMMANDS) expect(mayGiveKind(rights, kind)).not.toBeNull();
  }
  expect(mayRead(access(decider.state.people, 'was', '2027-03-09'), { kind: 'core' })).toBe(true);
  expect(mayRead(access(decider.state.people, 'will', '2027-03-11'), { kind: 'core' })).toBe(true);
});

const grants = fc.array(
  fc.record({
    role: fc.constantFrom(...ROLES),
    areas: fc.constantFrom(null, ['ops'], ['lab'], ['ops', 'lab']),
  }),
  { maxLength: 3 },
);
const document = fc.constantFrom(...KINDS).chain((kind) => fc.constantFrom(named(kind, 'mine'), named(kind, 'theirs')));

test('R6: several roles allow what one of them does and never more; who writes reads', () => {
  fc.assert(
    fc.property(grants, document, fc.boolean(), (held, name, sealed) => {
      const all = holding(...held);
      const each = held.map((grant) => holding(grant));
      expect(mayRead(all, name)).toBe(each.some((one) => mayRead(one, name)));
      const may = (one: Access) => mayWrite(one, name, sealed) === null;
      expect(may(all)).toBe(each.some(may));
      if (may(all)) expect(mayRead(all, name)).toBe(true);
      for (const kind of COMMANDS) {
        expect(mayGiveKind(all, kind) === null).toBe(each.some((one) => mayGiveKind(one, kind) === null));
      }
    }),
  );
});

test('R7: whoever stands in for an approver reads what they approve, and writes and gives nothing for it', () => {
  const rights: Access = {
    ...holding({ role: 'contributor' }),
    delegated: [{ role: 'owner', areas: null, limit: null, delegation: 'd', by: 'you' }],
  };
  expect(mayRead(rights, { kind: 'plan', area: 'lab' })).toBe(true);
  expect(mayRead(rights, { kind: 'inbox', member: 'you' })).toBe(false);
  expect(mayWrite(rights, { kind: 'plan', area: 'lab' }, false)).toBe('not-allowed');
  expect(mayGiveKind(rights, 'grant')).not.toBeNull();
});
