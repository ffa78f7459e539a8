/** Devices as the server knows them: by their key. */
import { createHash, webcrypto } from 'node:crypto';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A device's id follows from its key: nobody can take another's. */
export function deviceId(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('base64url').slice(0, 22);
}

/** Whether the holder of the key signed this text. */
export async function isSignedBy(
  publicKey: Uint8Array,
  signature: Uint8Array,
  text: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const key = await webcrypto.subtle.importKey('raw', new Uint8Array(publicKey), ALGORITHM, false, ['verify']);
    return await webcrypto.subtle.verify(ALGORITHM, key, new Uint8Array(signature), text);
  } catch {
    // Not a point on the curve.
    return false;
  }
}
