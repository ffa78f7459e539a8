/** The link by which a workspace is joined. What is secret stands behind `#`, which browsers never send to a server. */
import * as v from 'valibot';
import { isId } from '#lib/domain/id.ts';

export interface Invitation {
  /** Address of the sync server's wire. */
  readonly serverUrl: string;
  readonly workspace: string;
  readonly token: string;
  /** What the link says of itself; null for a link that says nothing. Rights follow from what was decided alone. */
  readonly offer: Offer | null;
}

/** Who invites whom to what, in the words of whoever made the link. */
export interface Offer {
  readonly workspace: string;
  readonly by: string;
  readonly name: string;
  readonly role: string;
}

export function linkOf(
  { workspace, token, offer }: { readonly workspace: string; readonly token: string; readonly offer: Offer },
  origin: string,
): string {
  return `${origin}/join#${workspace}.${token}.${encodeURIComponent(JSON.stringify(offer)).replaceAll('.', '%2E')}`;
}

/** Reads a link, pasted whole or from the page's own address; null when it is not one. */
export function invitationFrom(text: string): Invitation | null {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const [workspace, token, offer, ...rest] = url.hash.slice(1).split('.');
  if (!isId(workspace) || token === undefined || token.length < 20 || rest.length > 0) return null;
  return { serverUrl: wireOf(url.origin), workspace, token, offer: offer === undefined ? null : offerFrom(offer) };
}

/** The wire of the server at an origin: `https://host` becomes `wss://host/sync`. */
export function wireOf(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}/sync`;
}

const short = v.pipe(v.string(), v.maxLength(200));
const offerSchema = v.object({ workspace: short, by: short, name: short, role: short });

function offerFrom(text: string): Offer | null {
  try {
    const offer = v.safeParse(offerSchema, JSON.parse(decodeURIComponent(text)));
    return offer.success ? offer.output : null;
  } catch {
    return null;
  }
}
