/** What every page can reach: the session of this tab, and the open workspace. */
import { createContext } from 'svelte';
import type { Session } from './session.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

const [getSession, setSession] = createContext<Session>();

export const provideSession = setSession;
export const sessionAround = getSession;

/** The open workspace, for pages that are only shown while there is one. */
export function workspaceAround(): Workspace {
  const { workspace } = getSession();
  if (workspace === null) throw new Error('This page is only shown with a workspace open');
  return workspace;
}
