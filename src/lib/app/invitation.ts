/** The link by which a workspace is joined. What is secret stands behind `#`, which browsers never send to a server. */
import { isId } from '#lib/domain/id.ts';

export interface Invitation {
  /** Address of the sync server's wire. */
  readonly serverUrl: string;
  readonly workspace: string;
  readonly token: string;
}

export function linkOf({ workspace, token }: Pick<Invitation, 'workspace' | 'token'>, origin: string): string {
  return `${origin}/join#${workspace}.${token}`;
}

/** Reads a link, pasted whole or from the page's own address; null when it is not one. */
export function invitationFrom(text: string): Invitation | null {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const [workspace, token, ...rest] = url.hash.slice(1).split('.');
  if (!isId(workspace) || token === undefined || token.length < 20 || rest.length > 0) return null;
  return { serverUrl: wireOf(url.origin), workspace, token };
}

/** The wire of the server at an origin: `https://host` becomes `wss://host/sync`. */
export function wireOf(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}/sync`;
}
