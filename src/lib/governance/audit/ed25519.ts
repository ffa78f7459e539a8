/** Ed25519 (RFC 8032) by WebCrypto, with keys as raw bytes: 32 of a seed, 32 of a public key, 64 of a signature. */

export interface KeyBytes {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

export async function newSigningKey(): Promise<KeyBytes> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const whole = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { seed: whole.slice(-32), publicKey };
}

export async function sign(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  const whole = new Uint8Array([...PKCS8_ED25519, ...seed]);
  const key = await crypto.subtle.importKey('pkcs8', whole, 'Ed25519', false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('Ed25519', key, message.slice()));
}

/** False as well when the key is no key or the signature no signature; throws where WebCrypto has no Ed25519. */
export async function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey('raw', publicKey.slice(), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature.slice(), message.slice());
  } catch (cause) {
    if (cause instanceof DOMException && cause.name !== 'NotSupportedError') return false;
    throw cause;
  }
}

/** What stands before the seed in a private key as PKCS 8 (RFC 8410, section 7). */
export const PKCS8_ED25519 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
