/** What can be saved when the app does not start: the databases are read as they are, without opening a workspace. */
import { newId } from '#lib/domain/id.ts';
import { databaseNamed } from '#lib/store/database.ts';
import { registryNamed, workspacesOnDevice, type RegisteredWorkspace } from '#lib/store/registry.ts';
import { UpdateLog } from '#lib/store/update-log.ts';
import { takeBackup, type TakenBackup } from './backup/take-backup.ts';

export type StoredWorkspace = Pick<RegisteredWorkspace, 'id' | 'name' | 'database' | 'memberId' | 'kind'>;

/** As the registry lists them; when it cannot be read, as the browser lists their databases. */
export async function storedWorkspaces(): Promise<readonly StoredWorkspace[]> {
  const known = await workspacesOnDevice(registryNamed());
  if (known.ok) return known.value;
  const databases = await indexedDB.databases();
  return databases.flatMap(({ name = '' }) => {
    const [, id] = /^outlay-device-(.+)$/.exec(name) ?? [];
    return id === undefined
      ? []
      : [{ id, name: `Workspace ${id}`, database: name, memberId: '', kind: 'local' as const }];
  });
}

/** Everything of one of them, as far as it can be read. */
export async function saveStored(stored: StoredWorkspace, now: Date): Promise<TakenBackup> {
  const database = databaseNamed(stored.database);
  try {
    // Never opened for writing: it only says where to read.
    const log = new UpdateLog(database, {
      newId,
      page: new EventTarget(),
      onstatus: () => undefined,
      onmessage: () => undefined,
    });
    return await takeBackup(log, stored, now);
  } finally {
    database.close();
  }
}
