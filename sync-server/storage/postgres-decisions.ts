/** What was decided: log entries, the rows that follow from them, seals and the answer, together or not at all. */
import { assert, err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { EMPTY_LOG } from '#lib/governance/decision-log.ts';
import type { Head as LogHead } from '#lib/governance/decision-log.ts';
import { answerOf } from './answer-of.ts';
import { isKept } from './append-in-order.ts';
import { Batch } from './postgres-batch.ts';
import { LOG_HEAD } from './postgres-log.ts';
import { emptyDocument } from './postgres-compaction.ts';
import { register } from './postgres-members.ts';
import type { Session } from './postgres-transaction.ts';
import type { Appended, DecisionCommit, NewSeal } from './storage.ts';

/** Inside the caller's transaction, which is undone on an error. */
export async function commitDecision(
  session: Session,
  decision: DecisionCommit,
): Promise<Result<readonly Appended[], 'head-moved' | 'document-moved'>> {
  const { workspace, head, entries, rows, answers, joiners, nextEpoch, seals, unseals, renewals = [] } = decision;
  const commands = answers.map(({ command }) => command);
  for (const { document, incarnation } of renewals) await emptyDocument(session, workspace, document, incarnation);
  const [heads, given, batch] = await Promise.all([
    session.query<LogHead>(LOG_HEAD, [workspace], 'log-head'),
    session.query(GIVEN, [workspace, commands], 'given'),
    Batch.load(session, [workspace], rows),
  ]);
  if ((heads.rows[0] ?? EMPTY_LOG).hash !== head.hash) return err('head-moved');
  // Another server may have given the answer meanwhile, without an entry in the log.
  if (entries.length === 0 && given.rows.length > 0) return err('head-moved');
  for (const entry of decision.redactions ?? []) {
    await session.query(REDACT_ENTRY, [workspace, entry.seq, JSON.stringify(entry)]);
    await session.query(REDACT_ANSWER, [workspace, entry.commandId, answerOf(entry)]);
  }
  const appended = rows.map((row) => batch.appendOwn(row));
  assert(appended.every(isKept), 'what was decided is always kept');
  await Promise.all([
    session.query(INSERT_ENTRIES, [
      workspace,
      entries.map(({ seq }) => seq),
      entries.map(({ hash }) => hash),
      entries.map((entry) => JSON.stringify(entry)),
    ]),
    session.query(INSERT_ANSWERS, [
      workspace,
      commands,
      answers.map(({ member }) => member),
      answers.map(({ answer }) => answer),
    ]),
    batch.write(session, entries.length === 0 && !nextEpoch ? undefined : { workspace, nextEpoch, entries }),
    ...joiners.map((joiner) => register(session, workspace, joiner)),
    unseals.length === 0 ? null : session.query(UNSEAL, [workspace, unseals]),
  ]);
  return (await sealAll(session, workspace, seals)) ? ok(appended) : err('document-moved');
}

/** False when one of the documents does not end where it was judged, or has a gap. */
async function sealAll(session: Session, workspace: string, seals: readonly NewSeal[]): Promise<boolean> {
  if (seals.length === 0) return true;
  const names = seals.map(({ document }) => document);
  const [heads, gaps] = await Promise.all([
    session.query<{ name: string; head: number }>(HEADS_OF, [workspace, names]),
    session.query(GAPS, [workspace, names]),
  ]);
  const headOf = new Map(heads.rows.map(({ name, head }) => [name, head]));
  if (gaps.rows.length > 0 || seals.some(({ document, head }) => head !== (headOf.get(document) ?? 0))) return false;
  const hashes = seals.map(({ hash }) => hash);
  await Promise.all([
    session.query(KEEP, [workspace, hashes, seals.map(({ snapshot }) => snapshot)]),
    session.query(SEAL, [workspace, names, seals.map(({ head }) => head), hashes]),
  ]);
  return true;
}

const GIVEN = 'SELECT 1 FROM answers WHERE workspace = $1 AND command = ANY($2::text[])';
const INSERT_ENTRIES =
  'INSERT INTO log SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[]) AS t (seq, hash, entry)';
const INSERT_ANSWERS =
  'INSERT INTO answers SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[]) AS t (command, member, answer)';
const UNSEAL = 'DELETE FROM seals WHERE workspace = $1 AND document = ANY($2::text[])';
const HEADS_OF = 'SELECT name, head FROM documents WHERE workspace = $1 AND name = ANY($2::text[])';
const GAPS = `
  SELECT 1 FROM documents AS d JOIN clients AS c ON c.document = d.id
  WHERE d.workspace = $1 AND d.name = ANY($2::text[]) AND c.beyond <> '[]' LIMIT 1`;
const KEEP = `
  INSERT INTO snapshots SELECT $1, * FROM unnest($2::text[], $3::bytea[]) AS t (hash, bytes) ON CONFLICT DO NOTHING`;
const SEAL = `
  INSERT INTO seals SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[]) AS t (document, head, hash)
  ON CONFLICT (workspace, document) DO UPDATE SET head = excluded.head, hash = excluded.hash`;
const REDACT_ENTRY = 'UPDATE log SET entry = $3 WHERE workspace = $1 AND seq = $2';
const REDACT_ANSWER = 'UPDATE answers SET answer = $3 WHERE workspace = $1 AND command = $2';
