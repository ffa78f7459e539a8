import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isIntact, updateChecksum } from '#lib/documents/update-row.ts';

const digits = new TextEncoder().encode('123456789');

test('D2: the checksum is CRC-32C, whose check value is known, continued from that of the format', () => {
  expect(updateChecksum(digits, 'v1')).toBe(1113183443);
  expect(updateChecksum(digits, 'v2')).not.toBe(updateChecksum(digits, 'v1'));
  expect(isIntact({ bytes: digits, format: 'v1', checksum: 1113183443 })).toBe(true);
});

test('D2: any single flipped bit and the wrong format are found', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.constantFrom('v1', 'v2'),
      fc.nat(),
      (bytes, format, at) => {
        const checksum = updateChecksum(bytes, format);
        const damaged = bytes.slice();
        const bit = at % (bytes.length * 8);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isIntact({ bytes: damaged, format, checksum })).toBe(false);
        expect(isIntact({ bytes, format: format === 'v1' ? 'v2' : 'v1', checksum })).toBe(false);
      },
    ),
  );
});
