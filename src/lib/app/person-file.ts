/** Everything that the server keeps about one member, as a file. */
import { personAddress } from '#lib/governance/privacy/privacy-wire.ts';
import { saveFile } from './save-file.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Asks for the file and hands it over; a sentence when it could not. */
export async function savePersonFile(workspace: Workspace, member: string): Promise<string | null> {
  const { request } = await workspace.collaboration();
  const response = await request?.(personAddress(workspace.id, member)).catch(() => null);
  if (response?.status === 403) return 'What is kept about a person is for themself, and for owners.';
  if (response?.status !== 200) return 'The server does not answer. Try again when the connection is back.';
  saveFile(`person-${member}.json`, await response.blob());
  return null;
}
