import { expect, test } from 'vitest';
import { refusalToWrite } from '#server/workspace/permission.ts';

test('who may write what is judged by the document’s name', async () => {
  const ana = { member: 'ana', isFounder: true };
  const ben = { member: 'ben', isFounder: false };
  const isMember = (id: string) => Promise.resolve(['ana', 'ben'].includes(id));
  expect(await refusalToWrite('core', ben, isMember)).toBeNull();
  expect(await refusalToWrite('inbox/ben', ben, isMember)).toBeNull();
  expect(await refusalToWrite('inbox/ana', ben, isMember)).toBe('not-allowed');
  expect(await refusalToWrite('inbox/ben', ana, isMember)).toBe('not-allowed');
  // A restored copy brings the inboxes of people who are not members here.
  expect(await refusalToWrite('inbox/cleo', ana, isMember)).toBeNull();
  expect(await refusalToWrite('inbox/cleo', ben, isMember)).toBe('not-allowed');
  expect(await refusalToWrite('ledger/2027-01/root', ana, isMember)).toBe('decider-only');
  expect(await refusalToWrite('unknown/root', ana, isMember)).toBe('not-allowed');
});
