/** A backup becomes a workspace of its own beside whatever is on the device; it never meets the one it was taken of. */
import { newId } from '#lib/domain/id.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { hexOf } from '#lib/domain/sha256.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { logFromRecords } from '#lib/governance/log-from-records.ts';
import { databaseNamed, openDatabase, type Database } from '#lib/store/database.ts';
import { restoreEverything, type Everything } from '#lib/store/everything.ts';
import { failureOf, type StoreFailure } from '#lib/store/failure.ts';
import { newLocalWorkspace, type Session } from '../session.svelte.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { contentsOf } from './contents.ts';
import { decidedRecords } from './decided-records.ts';
import type { ReadBackup } from './read-backup.ts';

/** `differs`: what was read back from the disk is not what was written. */
export type RestoreFailure = StoreFailure | { readonly kind: 'differs' };

/** Writes it under a new id, reads it back, compares the figures, and shows it; a failure leaves nothing behind. */
export async function restoreBackup(session: Session, backup: ReadBackup): Promise<Result<Workspace, RestoreFailure>> {
  const begun = newLocalWorkspace(backup.name);
  const registered = { ...begun, memberId: backup.member ?? begun.memberId };
  // Known to the registry first: then whatever happens, it can be removed again.
  const known = await session.remember(registered);
  if (!known.ok) return known;
  const log = backup.wasShared ? ownLog(backup.rows, registered.memberId) : backup.log;
  const written = await writeInto(databaseNamed(registered.database), { ...backup, log });
  const opened = written.ok ? await session.open(registered) : written;
  if (!opened.ok) await session.remove(registered.id);
  return opened;
}

/** The server kept the log of a shared workspace: the copy decides for itself, by a log that leads to the same records. */
function ownLog(rows: ReadBackup['rows'], member: string): readonly LogEntry[] {
  const records = decidedRecords(rows);
  if (records === null) return [];
  return logFromRecords(records, { by: member, at: new Date().toISOString(), newId, salt });
}

async function writeInto(database: Database, backup: ReadBackup): Promise<Result<null, RestoreFailure>> {
  const opened = await openDatabase(database);
  if (!opened.ok) return opened;
  try {
    await restoreEverything(database, everythingOf(backup));
    const { reportHash } = contentsOf(await database.updates.toArray());
    return reportHash === backup.contents.reportHash ? ok(null) : err({ kind: 'differs' });
  } catch (thrown) {
    return err(failureOf(thrown));
  } finally {
    database.close();
  }
}

function everythingOf({ rows, aside, receipts, log, commands }: ReadBackup): Everything {
  return {
    rows,
    parked: aside.map(({ row, reason }) => ({ key: row.key, document: row.document, row, reason })),
    damaged: [],
    log,
    commands,
    receipts: receipts.map((receipt) => ({ ...receipt, sent: 0 })),
    unread: [],
  };
}

function salt(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(16)));
}
