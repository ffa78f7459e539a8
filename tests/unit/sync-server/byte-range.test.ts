import { expect, test } from 'vitest';
import { byteRange } from '#server/http/byte-range.ts';

test.each([
  ['bytes=0-0', { from: 0, end: 1 }],
  ['bytes=10-19', { from: 10, end: 20 }],
  ['bytes=90-', { from: 90, end: 100 }],
  ['bytes=90-500', { from: 90, end: 100 }],
  ['bytes=-10', { from: 90, end: 100 }],
  ['bytes=-500', { from: 0, end: 100 }],
])('%s of a hundred bytes', (header, range) => {
  expect(byteRange(header, 100)).toEqual(range);
});

test.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('%s of a hundred bytes is not there', (header) => {
  expect(byteRange(header, 100)).toBe('unsatisfiable');
});

test.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-3', 'bytes=0-1,5-6', 'lines=0-1', 'bytes=x-1', 'bytes=1.5-2'])(
  '%s asks for everything',
  (header) => {
    expect(byteRange(header, 100)).toBe('whole');
  },
);
