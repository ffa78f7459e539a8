import { expect, test } from 'vitest';
import { pillDetails, pillWords, type SyncStatus } from '#lib/ui/shell/sync-words.ts';

const now = 1_000_000;
const text = (status: SyncStatus, concerns = {}): string => pillWords(status, concerns, now).text;
const action = (status: SyncStatus, concerns = {}): string | undefined =>
  pillWords(status, concerns, now).action?.label;

test('the pill says exactly the agreed words in every state', () => {
  expect(text({ kind: 'local', pending: 4 })).toBe('Saved here');
  expect(text({ kind: 'synced', pending: 0, lastAckAt: now })).toBe('Synced');
  expect(text({ kind: 'syncing', pending: 3 })).toBe('Syncing 3');
  expect(text({ kind: 'offline', pending: 12 })).toBe('Offline, 12 changes kept here');
  expect(text({ kind: 'unreachable', pending: 0, retryAt: now + 19_400 })).toBe(
    "Can't reach server, trying again in 20 s",
  );
  expect(text({ kind: 'update-needed', pending: 0 })).toBe('Update needed to sync');
  expect(text({ kind: 'synced', pending: 0 }, { toReview: 2 })).toBe('2 to review');
  expect(text({ kind: 'synced', pending: 0 }, { storageLow: true })).toBe('Storage almost full');
  expect(text({ kind: 'sign-in', pending: 0 })).toBe('Sign in to sync');
  expect(text({ kind: 'refused', pending: 0 })).toBe('Not syncing');
});

test('states that need a hand carry the agreed verb, the others none', () => {
  expect(action({ kind: 'unreachable', pending: 0 })).toBe('Try now');
  expect(action({ kind: 'update-needed', pending: 0 })).toBe('Update');
  expect(action({ kind: 'local', pending: 0 }, { storageLow: true })).toBe('Fix');
  expect(action({ kind: 'synced', pending: 0 })).toBeUndefined();
  expect(action({ kind: 'offline', pending: 1 })).toBeUndefined();
});

test('one change is not "1 changes", and none is only "Offline"', () => {
  expect(text({ kind: 'offline', pending: 1 })).toBe('Offline, 1 change kept here');
  expect(text({ kind: 'offline', pending: 0 })).toBe('Offline');
});

test('only data at risk is red, and it is said before anything else', () => {
  const atRisk = pillWords({ kind: 'offline', pending: 3 }, { unsaved: true, storageLow: true, toReview: 1 }, now);
  expect(atRisk).toMatchObject({ text: 'Not saved on this device', tone: 'danger' });
  const kinds = [
    'local',
    'synced',
    'syncing',
    'offline',
    'unreachable',
    'update-needed',
    'sign-in',
    'refused',
  ] as const;
  for (const kind of kinds) expect(pillWords({ kind, pending: 1 }, {}, now).tone).not.toBe('danger');
});

test('being offline hides no change count behind a review', () => {
  expect(text({ kind: 'offline', pending: 12 }, { toReview: 2 })).toBe('Offline, 12 changes kept here');
});

test('the details say what is safe and when the server last confirmed', () => {
  const details = pillDetails({ kind: 'offline', pending: 2, lastAckAt: now }, { toReview: 1 }, () => '10:42:00');
  expect(details).toEqual([
    'You can go on working. Changes are kept on this device and will sync when you are online.',
    '2 changes on this device wait to be sent.',
    'The server last confirmed at 10:42:00.',
    'Two people changed the same value, or a change came too late. All of it is kept.',
  ]);
});
