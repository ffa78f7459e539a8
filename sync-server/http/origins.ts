/** Which names this server answers to, and which pages may open a socket to it. */
import { isIP } from 'node:net';

export interface Doors {
  /** Where the server listens. */
  readonly host: string;
  /** Origins of pages, `https://outlay.example.com`; their hosts are names of this server too. */
  readonly origins: readonly string[];
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** Reads a list of origins, separated by commas or blanks; gives the first that is none. */
export function originsFrom(text: string): { readonly origins: readonly string[]; readonly wrong: string | null } {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  const isOrigin = (part: string): boolean => /^https?:\/\/[^/]+$/.test(part) && URL.parse(part)?.origin === part;
  return { origins: parts.filter(isOrigin), wrong: parts.find((part) => !isOrigin(part)) ?? null };
}

/**
 * Whether the `Host` of a request is one of this server's names. A page of another name that resolves to this machine
 * would otherwise count as the same origin. On a public address with no origins given, any well-formed name is taken.
 */
export function isKnownHost(header: string | undefined, { host, origins }: Doors): boolean {
  const name = hostname(header);
  if (name === null) return false;
  if (isIP(name) !== 0 || LOOPBACK.includes(name) || name === host) return true;
  const isOpen = !LOOPBACK.includes(host) && origins.length === 0;
  return isOpen || origins.some((origin) => URL.parse(origin)?.hostname === name);
}

/** Whether a page of this origin may open a socket: this server's own, or one that was named. Tools send none. */
export function mayConnect(origin: string | undefined, header: string | undefined, { origins }: Doors): boolean {
  if (origin === undefined) return true;
  return origins.includes(origin) || (header !== undefined && URL.parse(origin)?.host === header.toLowerCase());
}

function hostname(header: string | undefined): string | null {
  if (header === undefined || !/^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i.test(header)) return null;
  const name = URL.parse(`http://${header}`)?.hostname ?? null;
  return name?.replace(/^\[|\]$/g, '') ?? null;
}
