import { expect, test } from 'vitest';
import { receiptStanding } from '#lib/app/receipt-standing.ts';

const here = { isSent: false };

test('where a receipt is, is said of workspaces that have a server only', () => {
  expect(receiptStanding(here, undefined, 'local')).toBeNull();
  expect(receiptStanding(here, undefined, 'offline')).toBe('Waiting to upload');
  expect(receiptStanding(here, { kind: 'sending' }, 'synced')).toBe('Uploading');
  expect(receiptStanding(here, { kind: 'refused', sentence: 'Too large.' }, 'synced')).toBe('On this device only');
  expect(receiptStanding({ isSent: true }, undefined, 'unreachable')).toBe('On the server');
});
