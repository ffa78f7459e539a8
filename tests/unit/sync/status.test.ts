import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statusOf } from '#lib/sync/status.ts';
import type { Facts } from '#lib/sync/status.ts';

const facts: Facts = {
  isConnected: true,
  isUpToDate: true,
  hasFailed: false,
  isOnline: true,
  pending: 0,
  retryAt: null,
  lastAckAt: null,
  refusal: null,
};

test.each([
  ['synced', {}],
  ['syncing', { pending: 1 }],
  ['syncing', { isUpToDate: false }],
  ['offline', { isConnected: false, isOnline: false }],
  ['unreachable', { isConnected: false, hasFailed: true, retryAt: 5 }],
  ['syncing', { isConnected: false }],
  ['update-needed', { refusal: 'app-too-old' }],
  ['refused', { refusal: 'disk-full' }],
  ['sign-in', { refusal: 'sign-in-needed' }],
] satisfies readonly [string, Partial<Facts>][])('%s is said of %j', (kind, changed) => {
  expect(statusOf({ ...facts, ...changed }).kind).toBe(kind);
});

test('nothing but a connection with nothing open is called synced', () => {
  const any = fc.record({
    isConnected: fc.boolean(),
    isUpToDate: fc.boolean(),
    hasFailed: fc.boolean(),
    isOnline: fc.boolean(),
    pending: fc.nat(2),
    retryAt: fc.constantFrom(null, 5),
    lastAckAt: fc.constant(null),
    refusal: fc.constantFrom(null, 'disk-full' as const, 'app-too-old' as const),
  });
  fc.assert(
    fc.property(any, (found) => {
      const isSo = found.isConnected && found.isUpToDate && found.pending === 0 && found.refusal === null;
      expect(statusOf(found).kind === 'synced').toBe(isSo);
    }),
  );
});
