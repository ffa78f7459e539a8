/** Moving money between lines of an approved version: asked for, approved like anything else, and then written. */
import { isJsonObject } from '#lib/domain/json.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Stamp } from '../decide-posting.ts';
import { fullDigest } from '../digest.ts';
import type { Founded } from '../state.ts';
import type { ApprovalCommand, ApprovalEvent, ApprovalRefusal, PhaseWrite } from './commands.ts';
import { contentHash, type ContentRecord } from './content.ts';
import { blank, inBase, sealable, submitted } from './decide-submission.ts';
import { voided } from './evolve-approvals.ts';
import { documentsFor, planDocument, type Facts } from './facts.ts';
import { versionRequest, type ApprovalRequest, type Cell, type Transfer } from './request.ts';

type TransferCommand = Extract<ApprovalCommand, { kind: 'transfer-budget' }>;
type Transferred = Extract<ApprovalEvent, { kind: 'transferred' }>;

/**
 * A transfer waits for approval, by the total value it commits to. Given again with another content by whoever asked
 * for it, it takes the place of what was asked for before: approvals are void and what was moved goes back. (A3, A9)
 */
export function decideTransfer(
  state: Founded,
  command: TransferCommand,
  stamp: Stamp,
  facts: Facts,
): Result<readonly ApprovalEvent[], ApprovalRefusal> {
  const { kind: _kind, id, ...transfer } = command;
  const { requests } = state.approvals;
  const before = requests.get(id);
  if (before !== undefined && (before.transfer === null || before.by !== stamp.by)) return err({ kind: 'id-taken' });
  const hash = transferHash(transfer);
  if (before?.hash === hash && (before.status === 'open' || before.status === 'approved')) return ok([]);
  if (versionRequest(requests.values(), transfer.version)?.status !== 'approved') return err({ kind: 'not-approved' });
  const back = before?.status === 'approved' ? moveBack(before, stamp, facts) : ok(null);
  if (!back.ok) return back;
  const seen = back.value === null ? facts : factsAfter(facts, back.value);
  const phases = phasesAfter(state, transfer, seen);
  if (!phases.ok) return phases;
  const documents = sealable(facts, documentsFor(command, state));
  if (!documents.ok) return documents;
  const worth = inBase(state, { amount: transfer.commitment, currency: transfer.currency }, stamp.at);
  if (!worth.ok) return worth;
  const kept =
    before === undefined ? null : voided(before, { ...stamp, why: changesBetween(before.transfer, transfer) });
  const asked = submitted(
    state,
    {
      ...blank(stamp),
      id,
      subject: { kind: 'transfer', transfer: id },
      hash,
      documents: documents.value,
      areas: [...new Set([transfer.from.area, transfer.to.area])],
      transfer,
      note: transfer.reason,
      voided: kept?.voided ?? [],
    },
    worth.value,
    stamp.at,
  );
  if (!asked.ok || back.value === null) return asked;
  return ok([back.value, ...asked.value]);
}

/** What approving a transfer changes in the plan, checked once more as the plan stands now. (A9) */
export function decideMove(
  state: Founded,
  request: ApprovalRequest,
  stamp: Stamp,
  facts: Facts,
): Result<Transferred, ApprovalRefusal> {
  const { transfer } = request;
  if (transfer === null) return err({ kind: 'unknown-request' });
  if (versionRequest(state.approvals.requests.values(), transfer.version)?.status !== 'approved') {
    return err({ kind: 'not-approved' });
  }
  const phases = phasesAfter(state, transfer, facts);
  return phases.ok ? ok(transferredBy(request.id, transfer, stamp, facts, phases.value)) : phases;
}

/** What an approval of this transfer names. */
function transferHash(transfer: Transfer): string {
  return fullDigest(transfer);
}

/** What a change of a transfer says to those whose approval it voids. */
function changesBetween(before: Transfer | null, after: Transfer): string {
  const names = ['amount', 'commitment', 'currency', 'from', 'to', 'vendor', 'reason', 'version'] as const;
  const changed = names.filter((name) => fullDigest(before?.[name] ?? null) !== fullDigest(after[name]));
  return `The transfer was changed: ${changed.join(', ')}.`;
}

function moveBack(request: ApprovalRequest, stamp: Stamp, facts: Facts): Result<Transferred | null, ApprovalRefusal> {
  if (request.transfer === null) return ok(null);
  const { version, from, to, amount } = request.transfer;
  const phases = [
    { ...cellIn(version, from), amount: amountIn(facts, version, from) + amount },
    { ...cellIn(version, to), amount: amountIn(facts, version, to) - amount },
  ];
  return ok(transferredBy(request.id, request.transfer, stamp, facts, phases));
}

function phasesAfter(
  { closed }: Founded,
  { version, from, to, amount, currency }: Transfer,
  facts: Facts,
): Result<readonly PhaseWrite[], ApprovalRefusal> {
  if (from.area === to.area && from.line === to.line && from.period === to.period) return err({ kind: 'same-cell' });
  for (const cell of [from, to]) {
    const line = lineIn(facts, version, cell);
    if (line === null) return err({ kind: 'unknown-line', line: cell.line });
    if (line['currency'] !== currency) {
      return err({ kind: 'line-currency', line: cell.line, currency: String(line['currency']) });
    }
    if (typeof line['formula'] === 'string') return err({ kind: 'by-formula', line: cell.line });
    if (closed.has(cell.period)) return err({ kind: 'period-closed', period: cell.period });
  }
  const available = amountIn(facts, version, from);
  if (available < amount) return err({ kind: 'not-enough', available, amount, currency });
  return ok([
    { ...cellIn(version, from), amount: available - amount },
    { ...cellIn(version, to), amount: amountIn(facts, version, to) + amount },
  ]);
}

function transferredBy(
  request: string,
  { version }: Transfer,
  { by, at }: Stamp,
  facts: Facts,
  phases: readonly PhaseWrite[],
): Transferred {
  const after = recordsAfter(facts, phases);
  const documents = Object.fromEntries([...after].map(([name, records]) => [name, contentHash(name, records)]));
  return { kind: 'transferred', request, version, by, at, phases, documents };
}

function factsAfter(facts: Facts, { phases }: Transferred): Facts {
  const documents = new Map(facts.documents);
  for (const [name, records] of recordsAfter(facts, phases)) {
    const fact = facts.documents.get(name);
    if (fact !== undefined) documents.set(name, { ...fact, records });
  }
  return { documents };
}

/** The content of the changed documents with these amounts in it. */
function recordsAfter(facts: Facts, phases: readonly PhaseWrite[]): ReadonlyMap<string, readonly ContentRecord[]> {
  const names = [...new Set(phases.map(({ document }) => document))];
  return new Map(
    names.map((name) => {
      const own = phases.filter(({ document }) => document === name);
      const records = facts.documents.get(name)?.records ?? [];
      return [name, records.map((record) => own.reduce(withPhase, record))] as const;
    }),
  );
}

function withPhase(record: ContentRecord, { line, period, amount }: PhaseWrite): ContentRecord {
  const [collection, id, fields] = record;
  const isMeant = collection === 'lines' && id === line && isJsonObject(fields);
  return isMeant ? [collection, id, { ...fields, [period]: amount }] : record;
}

function lineIn(facts: Facts, version: string, { area, line }: Cell): Readonly<Record<string, unknown>> | null {
  const records = facts.documents.get(planDocument(version, area))?.records ?? [];
  const found = records.find(([collection, id]) => collection === 'lines' && id === line)?.[2];
  return typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : null;
}

function amountIn(facts: Facts, version: string, cell: Cell): number {
  const amount = lineIn(facts, version, cell)?.[cell.period];
  return typeof amount === 'number' ? amount : 0;
}

function cellIn(version: string, { area, line, period }: Cell): Omit<PhaseWrite, 'amount'> {
  return { document: planDocument(version, area), line, period };
}
