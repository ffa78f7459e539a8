import { DeviceStorage } from '#lib/app/device-storage.svelte.ts';
import { isSample } from '#lib/app/sample-mark.ts';
import type { Workspace } from '#lib/app/workspace.svelte.ts';

/**
 * Watches over the room that an open workspace has: asks the browser to keep its data once there is some of the
 * person's own, and notices when it gets tight. To be called while a component is set up.
 */
export function watchOverStorage(workspace: Workspace): DeviceStorage {
  const storage = new DeviceStorage(navigator.storage);
  let wrote = false;
  $effect(() => {
    const { kind } = workspace.saved;
    if (kind === 'saving') wrote = true;
    else void storage.measure().then(() => makeRoomIn(workspace, storage));
    if (kind === 'saved' && wrote && !isSample(localStorage, workspace.id)) void storage.askToKeepOnce(localStorage);
  });
  return storage;
}

/** When room gets tight, whole receipts go that the server has: their small pictures stay, and they can be fetched. */
async function makeRoomIn(workspace: Workspace, { room, almostFull }: DeviceStorage): Promise<void> {
  if (!almostFull || room === null) return;
  const { makeRoom } = await import('#lib/app/receipts.ts');
  await makeRoom(workspace, room.usedBytes - room.quotaBytes * COMFORTABLE);
}

const COMFORTABLE = 0.7;
