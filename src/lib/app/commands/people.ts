/** Acts about people: who comes in, with which rights, and who stands in for whom. All of them are decided. */
import { sha256 } from '#lib/domain/sha256.ts';
import type { Grant, Retention } from '#lib/governance/people/people.ts';
import type { Outcome } from '../decider.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** An invitation's token: 256 random bits, and the digest by which it is known. */
export async function newToken(): Promise<{ readonly token: string; readonly tokenHash: string }> {
  const bits = crypto.getRandomValues(new Uint8Array(32));
  const token = btoa(String.fromCharCode(...bits))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  return { token, tokenHash: await sha256(new TextEncoder().encode(token)) };
}

export function invite(
  workspace: Workspace,
  invitation: { readonly name: string; readonly tokenHash: string; readonly grant: Grant; readonly expires: string },
): Promise<Outcome> {
  const { name, tokenHash, grant, expires } = invitation;
  return workspace.give({ kind: 'invite', id: workspace.newId(), name, tokenHash, grants: [grant], expires });
}

export function takeInvitationBack(workspace: Workspace, id: string): Promise<Outcome> {
  return workspace.give({ kind: 'revoke-invitation', id });
}

/** The name others see beside what a member does. */
export function renameMember(workspace: Workspace, member: string, name: string): Promise<Outcome> {
  return workspace.give({ kind: 'rename-member', member, name });
}

export function giveRole(workspace: Workspace, member: string, grant: Grant): Promise<Outcome> {
  return workspace.give({ kind: 'grant', member, grant });
}

export function takeRoleBack(workspace: Workspace, member: string, grant: string): Promise<Outcome> {
  return workspace.give({ kind: 'revoke-grant', member, grant });
}

export function removeMember(workspace: Workspace, member: string): Promise<Outcome> {
  return workspace.give({ kind: 'remove-member', member });
}

/** Replaces the name of somebody who left, and takes their account, devices and personal words away. */
export function eraseMember(workspace: Workspace, member: string): Promise<Outcome> {
  return workspace.give({ kind: 'erase-member', member });
}

export function setRetention(workspace: Workspace, retention: Retention): Promise<Outcome> {
  return workspace.give({ kind: 'set-retention', ...retention });
}

/** Others approve in one's own place, for days that end. */
export function delegate(
  workspace: Workspace,
  delegation: { readonly to: string; readonly from: string; readonly until: string; readonly limit: number | null },
): Promise<Outcome> {
  return workspace.give({ kind: 'delegate', id: workspace.newId(), ...delegation });
}

export function endDelegation(workspace: Workspace, id: string): Promise<Outcome> {
  return workspace.give({ kind: 'revoke-delegation', id });
}
