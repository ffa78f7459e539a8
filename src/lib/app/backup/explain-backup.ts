import type { BackupRefusal } from '#lib/interchange/backup/backup.ts';
import { explainRefusal } from '#lib/interchange/explain.ts';
import { explainStore } from '../explain-store.ts';
import type { RestoreFailure } from './restore-backup.ts';

/** Why a file is not restored: nothing has been changed. */
export function explainBackup(refusal: BackupRefusal): string {
  return explainRefusal(refusal);
}

/** Why restoring failed: what was begun has been taken away again. */
export function explainRestore(failure: RestoreFailure): string {
  switch (failure.kind) {
    case 'differs':
      return 'What this device wrote is not what the backup holds, so it was taken away again. The disk may be damaged; the backup is fine.';
    case 'no-room':
      return 'There is not enough room on this device for it. Free some space and try again. Nothing was left behind.';
    case 'cannot-write':
      return `This device would not write it (${failure.cause}). Nothing was left behind; the backup is fine.`;
    default:
      return explainStore(failure);
  }
}
