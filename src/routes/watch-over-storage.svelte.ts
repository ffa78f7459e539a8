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
    else void storage.measure();
    if (kind === 'saved' && wrote && !isSample(localStorage, workspace.id)) void storage.askToKeepOnce(localStorage);
  });
  return storage;
}
