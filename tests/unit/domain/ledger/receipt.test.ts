import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mediaType, receiptType } from '#lib/domain/ledger/receipt.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each([
  ['%PDF-1.7\n', 'application/pdf'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['RIFF\x10\x00\x00\x00WEBPVP8 ', 'image/webp'],
  ['\x00\x00\x00\x18ftypheic\x00\x00\x00\x00', 'image/heic'],
  ['\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00', 'image/heic'],
])('L9: %j is a receipt of its type', (text, type) => {
  expect(receiptType(bytes(text))).toBe(type);
  expect(mediaType(bytes(text))).toBe(type);
});

test.each(['GIF89a', 'BM\x10', '\x00\x00\x00\x18ftypavif'])('L9: %j has to be drawn anew first', (text) => {
  expect(mediaType(bytes(text))).toMatch(/^image\//);
  expect(receiptType(bytes(text))).toBeNull();
});

test.each(['<svg xmlns', '<!doctype html>', 'MZ\x90', 'PK\x03\x04', 'RIFF\x10\x00\x00\x00WAVE', ' %PDF-1.7', ''])(
  'L9: %j is none',
  (text) => {
    expect(mediaType(bytes(text))).toBeNull();
  },
);

test('L9: what follows the first bytes changes nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 40 }), fc.uint8Array(), (beginning, rest) => {
      expect(receiptType(new Uint8Array([...beginning, ...rest]))).toBe(receiptType(beginning));
    }),
  );
});
