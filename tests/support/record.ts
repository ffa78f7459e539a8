/**
 * Whether the record of a workspace holds, whatever happened to its server: read from the storage itself, and not from
 * what the server says of it.
 */
import { createHash } from 'node:crypto';
import type * as Y from 'yjs';
import { contentOf } from '#lib/documents/content.ts';
import { openLedger } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows } from '#lib/documents/replica.ts';
import { contentHash } from '#lib/governance/approval/content.ts';
import { sealedBy } from '#lib/governance/approval/seals.ts';
import { verifyChain } from '#lib/governance/audit/chain.ts';
import type { AuditEntry, ChainHead } from '#lib/governance/audit/entry.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { replay } from '#lib/governance/replay.ts';
import type { Storage } from '#server/storage/storage.ts';
import { entriesOf } from './decide.ts';
import { unallowed } from './oracle.ts';

/** What is read of a storage. */
export type Kept = Pick<Storage, 'audit' | 'auditHead' | 'heads' | 'log' | 'rows' | 'sealOf' | 'snapshot'>;

export interface RecordFaults {
  /** Writes that stand in it though they were not allowed, in sentences. */
  readonly forbidden: readonly string[];
  /** Everything else that does not hold. */
  readonly broken: readonly string[];
}

const ALL = 1_000_000;
const ALL_BYTES = 1 << 30;

/** `known`: heads of the chain that were shown before, which it still has to lead through. */
export async function recordFaults(
  storage: Kept,
  workspace: string,
  known: readonly ChainHead[] = [],
): Promise<RecordFaults> {
  const { entries, damagedAt } = await storage.audit(workspace, 0, ALL);
  const log = await storage.log(workspace, 0, ALL);
  const chain = verifyChain(entries, [await storage.auditHead(workspace), ...known]);
  return {
    forbidden: unallowed(entries, log),
    broken: [
      ...(damagedAt === null ? [] : [`entry ${damagedAt} of the audit chain is damaged`]),
      ...(chain.ok ? [] : [`the audit chain does not hold: ${JSON.stringify(chain.error)}`]),
      ...(await uncharted(storage, workspace, entries)),
      ...undecided(entries, log),
      ...(await sealFaults(storage, workspace, log)),
      ...(await miscounted(storage, workspace, log)),
    ],
  };
}

/** Every row is in exactly one entry of the chain. */
async function uncharted(storage: Kept, workspace: string, entries: readonly AuditEntry[]): Promise<readonly string[]> {
  const reached = new Map<string, number>();
  const found: string[] = [];
  for (const { seq, kind, contents } of entries) {
    if (kind !== 'batch' || contents === null) continue;
    const { document, first, last } = contents;
    const due = (reached.get(document) ?? 0) + 1;
    if (first !== due) found.push(`entry ${seq} has rows from ${first} of ${document}, where ${due} comes next`);
    reached.set(document, last);
  }
  for (const { document, head } of await storage.heads(workspace)) {
    const last = reached.get(document) ?? 0;
    if (last !== head) found.push(`${document} has ${head} rows, and entries of the audit chain for ${last}`);
  }
  return found;
}

/** Every decision is in exactly one entry of the chain, in their order. */
function undecided(entries: readonly AuditEntry[], log: readonly LogEntry[]): readonly string[] {
  const stated = entries.flatMap(({ kind, contents }) =>
    kind === 'decision' && contents !== null ? [`${contents.log} ${contents.logHash}`] : [],
  );
  const decided = log.map(({ seq, hash }) => `${seq} ${hash}`);
  const differs = decided.findIndex((decision, n) => decision !== stated[n]);
  if (differs === -1 && stated.length === decided.length) return [];
  return [`${decided.length} decisions and ${stated.length} entries for them, other ones from ${differs + 1} on`];
}

/** What the decisions seal is sealed wholly: the seal, the snapshot under its hash, and the document as it was then. */
export async function sealFaults(
  storage: Kept,
  workspace: string,
  log?: readonly LogEntry[],
): Promise<readonly string[]> {
  const replayed = replay(log ?? (await storage.log(workspace, 0, ALL)));
  if (!replayed.ok) return [`the decision log does not hold: ${JSON.stringify(replayed.error)}`];
  const sealed = sealedBy(replayed.value.state);
  const found: string[] = [];
  for (const { document } of await storage.heads(workspace)) {
    const seal = await storage.sealOf(workspace, document);
    if (seal !== null && !sealed.has(document)) found.push(`${document} is sealed, and no decision says so`);
  }
  for (const [document, hash] of sealed) {
    const seal = await storage.sealOf(workspace, document);
    if (seal?.hash !== hash)
      found.push(`${document} was sealed as ${hash}, and its seal says ${seal?.hash ?? 'nothing'}`);
    const snapshot = await storage.snapshot(workspace, hash);
    if (snapshot === null) found.push(`${document} is sealed, and what was sealed is not kept`);
    else if (sha256(snapshot) !== hash) found.push(`${document}: what is kept is not what was sealed`);
    const now = contentHash(document, contentOf(document, await documentIn(storage, workspace, document)));
    if (now !== hash) found.push(`${document} is sealed and was changed`);
  }
  return found;
}

/** An expense stands in one month only, and once; whatever was decided to be posted stands where that was decided. */
async function miscounted(storage: Kept, workspace: string, log: readonly LogEntry[]): Promise<readonly string[]> {
  const months = new Map<string, string[]>();
  const here = new Set<string>();
  for (const { document } of await storage.heads(workspace)) {
    if (!document.startsWith('ledger/')) continue;
    for (const { id, expenseId } of openLedger(await documentIn(storage, workspace, document)).entries.all()) {
      here.add(`${document} ${id}`);
      months.set(expenseId, [...(months.get(expenseId) ?? []), document]);
    }
  }
  const due = log.flatMap(({ contents }) => (contents?.events ?? []).flatMap(entriesOf));
  return [
    ...[...months].flatMap(([expense, { length }]) =>
      length > 1 ? [`${expense} stands in the ledger ${length} times`] : [],
    ),
    ...due.flatMap(({ id, expenseId, period, area }) =>
      here.has(`ledger/${period}/${area} ${id}`) ? [] : [`${expenseId} was posted, and is not in ${period} of ${area}`],
    ),
  ];
}

async function documentIn(storage: Kept, workspace: string, document: string): Promise<Y.Doc> {
  const { rows } = await storage.rows(workspace, document, 0, ALL_BYTES);
  const doc = newDocument();
  applyRows(
    doc,
    rows.map(({ bytes }) => ({ bytes, format: 'v1' as const })),
  );
  return doc;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
