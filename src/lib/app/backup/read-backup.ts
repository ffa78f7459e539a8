/** Looking into a backup before anything is done with it: all of it is in order, or it is refused. */
import { isIntact, type UpdateRow } from '#lib/documents/update-row.ts';
import { isId } from '#lib/domain/id.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { parseGivenCommand } from '#lib/governance/parse-command.ts';
import { adoptLog } from '#lib/governance/replay.ts';
import type { Backup, BackupReceipt, BackupRefusal, BackupRow } from '#lib/interchange/backup/backup.ts';
import { decodeBackup } from '#lib/interchange/backup/decode.ts';
import { contentsOf, type Contents } from './contents.ts';
import { RECORDS } from './take-backup.ts';

export interface ReadBackup {
  readonly name: string;
  /** ISO instant. */
  readonly createdAt: string;
  readonly contents: Contents;
  /** Who the person was in it; null when the file does not say. */
  readonly member: string | null;
  readonly wasShared: boolean;
  /** Parts that the device could not read when the backup was taken. */
  readonly missing: readonly string[];
  readonly rows: readonly UpdateRow[];
  readonly aside: readonly { readonly row: UpdateRow; readonly reason: string }[];
  readonly receipts: readonly BackupReceipt[];
  readonly log: readonly LogEntry[];
  readonly commands: readonly GivenCommand[];
}

export async function readBackup(file: Blob): Promise<Result<ReadBackup, BackupRefusal>> {
  const decoded = await decodeBackup(new Uint8Array(await file.arrayBuffer()));
  if (!decoded.ok) return decoded;
  const backup = decoded.value;
  const rows = backup.rows.map(unsent);
  if (!rows.every(isIntact)) return damaged('an update');
  const contents = contentsOf(rows);
  if (contents.reportHash !== backup.reportHash) return damaged('the figures');
  const log = adoptLog(listOf(backup, RECORDS.log));
  if (!log.ok) return damaged(`entry ${log.error.seq} of the decision log`);
  const [member] = listOf(backup, RECORDS.member);
  return ok({
    name: backup.workspace.name,
    createdAt: backup.createdAt,
    contents,
    member: isId(member) ? member : null,
    wasShared: listOf(backup, RECORDS.kind)[0] === 'shared',
    missing: listOf(backup, RECORDS.missing).filter((part) => typeof part === 'string'),
    rows,
    aside: backup.aside.map(({ row, reason }) => ({ row: unsent(row), reason })),
    receipts: backup.receipts,
    log: log.value.entries,
    commands: listOf(backup, RECORDS.commands).flatMap((value) => {
      const given = parseGivenCommand(value);
      return given.ok ? [given.value] : [];
    }),
  });
}

function listOf(backup: Backup, name: string): readonly JsonValue[] {
  return Object.hasOwn(backup.records, name) ? (backup.records[name] ?? []) : [];
}

/** A restored copy has met no server. */
function unsent(row: BackupRow): UpdateRow {
  return { ...row, state: 'unacknowledged', serverSeq: null };
}

function damaged(part: string): Result<never, BackupRefusal> {
  return err({ kind: 'damaged-backup', part });
}
