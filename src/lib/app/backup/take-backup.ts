/** A workspace as one file: from the disk and from memory, in whatever state both are. */
import { isIntact, type UpdateRow } from '#lib/documents/update-row.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Backup, BackupRow } from '#lib/interchange/backup/backup.ts';
import { encodeBackup } from '#lib/interchange/backup/encode.ts';
import { everythingIn, type Everything } from '#lib/store/everything.ts';
import type { RegisteredWorkspace } from '#lib/store/registry.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import { APP_VERSION } from '../version.ts';
import { contentsOf, type Contents } from './contents.ts';

export interface TakenBackup {
  readonly file: Blob;
  readonly fileName: string;
  readonly contents: Contents;
  /** Parts that could not be read from this device and are not in the file. */
  readonly missing: readonly string[];
}

/** Names of the lists in `Backup.records`. */
export const RECORDS = {
  log: 'log',
  commands: 'commands',
  member: 'member',
  kind: 'kind',
  missing: 'missing',
} as const;

type Owner = Pick<RegisteredWorkspace, 'id' | 'name' | 'memberId' | 'kind'>;

/** Reads everything part by part, so that what is damaged takes nothing else along. */
export async function takeBackup(log: UpdateLog, owner: Owner, now: Date): Promise<TakenBackup> {
  const everything = await everythingIn(log);
  const [rows, damaged] = partition(everything.rows, isIntact);
  const contents = contentsOf(rows);
  const missing = everything.unread.map(({ part }) => part);
  const backup: Backup = {
    workspace: { id: owner.id, name: owner.name },
    createdAt: now.toISOString(),
    appVersion: APP_VERSION,
    reportHash: contents.reportHash,
    rows: rows.map(rowOf),
    aside: [
      ...everything.parked.map(({ row, reason }) => ({ row: rowOf(row), reason })),
      ...[...everything.damaged, ...damaged].map((row) => ({ row: rowOf(row), reason: 'damaged' })),
    ],
    receipts: everything.receipts.map(({ hash, type, size, original, thumbnail }) => ({
      hash,
      type,
      size,
      original,
      thumbnail,
    })),
    records: recordsOf(everything, owner, missing),
  };
  const file = new Blob([...(await encodeBackup(backup))], { type: 'application/octet-stream' });
  return { file, fileName: fileNameOf(owner.name, now), contents, missing };
}

function recordsOf(everything: Everything, owner: Owner, missing: readonly string[]): Backup['records'] {
  return {
    [RECORDS.log]: everything.log as unknown as readonly JsonValue[],
    [RECORDS.commands]: everything.commands as unknown as readonly JsonValue[],
    [RECORDS.member]: [owner.memberId],
    [RECORDS.kind]: [owner.kind],
    [RECORDS.missing]: missing,
  };
}

function rowOf({ key, document, bytes, format, checksum, author }: UpdateRow): BackupRow {
  return { key, document, bytes, format, checksum, author };
}

function fileNameOf(workspace: string, now: Date): string {
  const plain = workspace.replaceAll(/[^\p{L}\p{N}_-]+/gu, ' ').trim();
  return `${plain === '' ? 'Outlay' : plain} ${now.toISOString().slice(0, 10)}.outlay`;
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
