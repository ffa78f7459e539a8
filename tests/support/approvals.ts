/** Approvals in tests: people with grants, and plans as a decision rests on them. */
import { contentHash, hashOfDocuments, type ContentRecord } from '#lib/governance/approval/content.ts';
import type { DocumentFact } from '#lib/governance/approval/facts.ts';
import type { ApprovalPolicy, Step } from '#lib/governance/approval/policy.ts';
import { DEFAULT_POLICY } from '#lib/governance/approval/policy.ts';
import type { Cell, Transfer } from '#lib/governance/approval/request.ts';
import type { Command } from '#lib/governance/command.ts';
import { evolve } from '#lib/governance/evolve.ts';
import type { Grant, Role } from '#lib/governance/people/people.ts';
import { foundedDecider, type TestDecider } from './decide.ts';
import { makeLine } from './make-line.ts';

export const PART = 'plan/fy27/root';

/** A founded workspace with these people besides its founder anna: `{ carl: ['controller'], ada: ['approver', 100_000] }`. */
export function workspaceOf(people: Readonly<Record<string, readonly [Role, (number | null)?]>>): TestDecider {
  const decider = foundedDecider();
  for (const [member, [role, limit = null]] of Object.entries(people)) {
    const grants = [grant(role, limit)];
    const at = '2027-01-01T00:00:00.000Z';
    decider.state = evolve(decider.state, {
      kind: 'member-joined',
      member,
      name: member,
      grants,
      invitation: null,
      at,
    });
  }
  return decider;
}

export function grant(role: Role, limit: number | null = null, fields: Partial<Grant> = {}): Grant {
  return { id: `${role}-1`, role, areas: null, from: null, until: null, limit, ...fields };
}

/** One line of a plan with its months. */
export function lineRecord(id: string, phases: Readonly<Record<string, number>>): ContentRecord {
  const { id: _id, ...fields } = makeLine({ id });
  return ['lines', id, { ...fields, ...phases }];
}

export function fact(
  document: string,
  records: readonly ContentRecord[],
  authors: readonly string[] = [],
): DocumentFact {
  return { head: records.length, hash: contentHash(document, records), isComplete: true, records, authors };
}

/** The plan of the root area says this. */
export function plan(decider: TestDecider, records: readonly ContentRecord[], authors: readonly string[] = []): void {
  decider.facts = { documents: new Map([[PART, fact(PART, records, authors)]]) };
}

export function partHash(decider: TestDecider): string {
  return decider.facts.documents.get(PART)?.hash ?? '';
}

export function versionHash(decider: TestDecider): string {
  return hashOfDocuments([{ document: PART, hash: partHash(decider) }]);
}

export function submitPart(decider: TestDecider, id = 'r1'): Command {
  return {
    kind: 'submit',
    id,
    subject: { kind: 'part', version: 'fy27', area: 'root' },
    hash: partHash(decider),
    note: '',
  };
}

export function submitVersion(decider: TestDecider, id = 'r1'): Command {
  return { kind: 'submit', id, subject: { kind: 'version', version: 'fy27' }, hash: versionHash(decider), note: '' };
}

export function approve(request: string, hash: string): Command {
  return { kind: 'approve', request, hash, note: '' };
}

export function cell(line: string, period: string): Cell {
  return { area: 'root', line, period };
}

export function transferOf(fields: Partial<Transfer> = {}): Transfer {
  return {
    version: 'fy27',
    from: cell('cloud', '2027-06'),
    to: cell('people', '2027-07'),
    amount: 4_900_00,
    currency: 'EUR',
    commitment: 4_900_00,
    vendor: 'contoso',
    reason: 'A larger contract',
    ...fields,
  };
}

export function step(limit: number | null, fields: Partial<Step> = {}): Step {
  return { id: 'sign', roles: ['approver'], limit, ...fields };
}

/** Bands at 1k, 10k and 100k, each signed by somebody whose limit is that high. */
export function bandedPolicy(fields: Partial<ApprovalPolicy> = {}): ApprovalPolicy {
  const bands = [0, 1_000_00, 10_000_00, 100_000_00];
  const rules = bands.map((from) => ({
    id: `from-${from}`,
    subject: null,
    areas: null,
    from,
    order: 'in-order' as const,
    steps: [step(null, { roles: ['approver', 'controller', 'owner'] })],
  }));
  return { ...DEFAULT_POLICY, rules, ...fields };
}
