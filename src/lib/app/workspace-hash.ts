import { everythingIn } from '#lib/store/everything.ts';
import { contentsOf } from './backup/contents.ts';
import type { Workspace } from './workspace.svelte.ts';

/** The report hash of all documents as they stand on this device: equal on devices that are in step. */
export async function workspaceHash(workspace: Workspace): Promise<string> {
  await workspace.log.flush();
  const { rows } = await everythingIn(workspace.log);
  return contentsOf(rows).reportHash;
}
