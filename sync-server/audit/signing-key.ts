/** The key that heads of audit chains are signed with: it follows from the secret that is made once for a database. */
import { createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto';
import type { KeyBytes } from '#lib/governance/audit/ed25519.ts';
import { PKCS8_ED25519 } from '#lib/governance/audit/ed25519.ts';

/** The same key for every server of a database, after every start, and after a restore of it. */
export function signingKey(secret: Uint8Array): KeyBytes {
  const seed = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'outlay audit heads', 32));
  const privateKey = createPrivateKey({ key: Buffer.from([...PKCS8_ED25519, ...seed]), format: 'der', type: 'pkcs8' });
  const whole = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { seed, publicKey: new Uint8Array(whole.subarray(-32)) };
}
