import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';
import type { Naming } from './words.ts';

/** What requests are told with, of the open workspace. */
export function namingOf(workspace: Workspace, reference: Reference): Naming {
  const { baseCurrency, locale, calendar, versions, departments } = reference;
  return { baseCurrency, locale, calendar, versions, departments, nameOf: (member) => workspace.nameOf(member) };
}
