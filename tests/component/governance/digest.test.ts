import { expect, test } from 'vitest';
import { contentDigest, entryId, fullDigest } from '#lib/governance/digest.ts';

test('G18: a browser takes the same SHA-256 as a server', async () => {
  // printf '{"a":1,"b":[true,null,"é"]}' | sha256sum
  const known = '9488dd13ca33d3291f5a91a1833dfa164811755ffba538c2b340780f8c31a0cb';
  expect(fullDigest({ b: [true, null, 'é'], a: 1 })).toBe(known);
  expect(contentDigest({ b: [true, null, 'é'], a: 1 })).toBe(known.slice(0, 32));

  for (const length of [0, 53, 54, 55, 56, 63, 64, 65, 1000, 100_000]) {
    const text = 'ü'.repeat(length);
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(text)));
    expect(fullDigest(text)).toBe(new Uint8Array(bytes).toHex());
  }
});

test('G2: an entry has the same id in a browser', () => {
  // printf 'coffee|1|entry' | sha256sum
  expect(entryId('coffee', 1, 'entry')).toBe('f4cd09ce5820dcd65ce2354503489bb1');
});
