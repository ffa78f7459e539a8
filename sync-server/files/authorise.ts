/** Who asks for a receipt: a device of a member, by a pass that it signed with the key it proved on the socket. */
import type { IncomingMessage } from 'node:http';
import { webcrypto } from 'node:crypto';
import { passFromText, PASS_MS, passText } from '#lib/sync/receipt-wire.ts';
import type { Pass } from '#lib/sync/receipt-wire.ts';
import type { Storage } from '../storage/storage.ts';

export interface Authorised {
  readonly workspace: string;
  readonly member: string;
  readonly device: string;
}

/** Null for whoever does not show that it is who it says. */
export type Authorise = (request: IncomingMessage) => Promise<Authorised | null>;

/** A device's clock is set by the server's welcome; so much may pass meanwhile. */
const SLACK_MS = 60_000;

export function authoriseDevices(
  storage: Pick<Storage, 'device'>,
  now: () => Date,
  isSignedOut: (device: string) => Promise<boolean>,
): Authorise {
  return async (request) => {
    const [, text = ''] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
    const pass = passFromText(text);
    const leftMs = (pass?.until ?? 0) - now().getTime();
    if (pass === null || leftMs <= 0 || leftMs > PASS_MS + SLACK_MS) return null;
    const { workspace } = pass;
    const device = await storage.device(workspace, pass.device);
    if (device === null || !(await isSigned(pass, device.publicKey)) || (await isSignedOut(device.id))) return null;
    return { workspace, member: device.member, device: device.id };
  };
}

async function isSigned(pass: Pass, publicKey: Uint8Array): Promise<boolean> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const key = await webcrypto.subtle.importKey('raw', new Uint8Array(publicKey), algorithm, false, ['verify']);
  return webcrypto.subtle.verify(algorithm, key, pass.signature, passText(pass));
}
