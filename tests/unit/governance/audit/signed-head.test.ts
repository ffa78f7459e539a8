import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSignedBy, newSigningKey, sign } from '#lib/governance/audit/ed25519.ts';
import { signHead, verifyHead } from '#lib/governance/audit/signed-head.ts';

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// RFC 8032, section 7.1, tests 1 to 3.
const published = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
];

test.each(published)('A9: RFC 8032 signs $message the same way', async ({ seed, publicKey, message, signature }) => {
  expect(hex(await sign(fromHex(seed), fromHex(message)))).toBe(signature);
  expect(await isSignedBy(fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(true);
});

test('A9: a head is verified as it was signed, and in nothing else', async () => {
  const key = await newSigningKey();
  const head = { seq: 12, hash: 'ab'.repeat(32) };
  const signed = await signHead(key, 'w1', head, '2026-11-02T09:00:00.000Z');
  expect(signed).toMatchObject({ workspace: 'w1', seq: 12, hash: head.hash, key: hex(key.publicKey) });
  expect(await verifyHead(signed)).toBe(true);
  expect(await verifyHead({ ...signed, workspace: 'w2' })).toBe(false);
  expect(await verifyHead({ ...signed, seq: 13 })).toBe(false);
  expect(await verifyHead({ ...signed, at: '2026-11-02T09:00:00.001Z' })).toBe(false);
  expect(await verifyHead({ ...signed, key: hex((await newSigningKey()).publicKey) })).toBe(false);
});

test('A9: no bit of hash, key or signature can be flipped, and letters in another case are another text', async () => {
  const signed = await signHead(await newSigningKey(), 'w1', { seq: 1, hash: 'ab'.repeat(32) }, '2026-11-02T09:00:00Z');
  const name = fc.constantFrom('hash', 'key', 'signature');
  await fc.assert(
    fc.asyncProperty(name, fc.nat(), fc.nat({ max: 7 }), async (field, pick, bit) => {
      const bytes = fromHex(signed[field]);
      const at = pick % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      expect(await verifyHead({ ...signed, [field]: hex(bytes) })).toBe(false);
    }),
  );
  expect(await verifyHead({ ...signed, key: signed.key.toUpperCase() })).toBe(false);
  expect(await verifyHead({ ...signed, signature: '' })).toBe(false);
});
