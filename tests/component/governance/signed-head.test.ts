import { expect, test } from 'vitest';
import { fromHexString } from 'lib0/buffer';
import { isSignedBy } from '#lib/governance/audit/ed25519.ts';

test('A9: a browser checks the same signatures as a server makes', async () => {
  // RFC 8032, section 7.1, test 2.
  const publicKey = fromHexString('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const signature = fromHexString(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  expect(await isSignedBy(publicKey, new Uint8Array([0x72]), signature)).toBe(true);
  expect(await isSignedBy(publicKey, new Uint8Array([0x73]), signature)).toBe(false);
});
