import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import type { RememberedChain } from '#lib/governance/audit/remembered.ts';
import { rememberChain, rememberedChain } from '#lib/store/remembered-chain.ts';
import { openForTest } from './log-for-test.ts';

const head = { workspace: 'w1', seq: 1, hash: 'a'.repeat(64), at: '', key: 'b'.repeat(64), signature: 'c'.repeat(128) };
const first: RememberedChain = { head, findings: [] };
const second: RememberedChain = { head: { ...head, seq: 2 }, findings: [] };

test('A10: of two tabs that heard of the chain at once one remembers it, and nothing that was found is lost', async () => {
  const database = await openForTest();
  expect(await rememberedChain(database)).toBe(null);
  expect(await rememberChain(database, null, first)).toBe(true);
  expect(await rememberChain(database, null, second)).toBe(false);
  expect(await rememberedChain(database)).toEqual(first);
  expect(await rememberChain(database, first, second)).toBe(true);
  expect(await rememberedChain(database)).toEqual(second);
});

test('S20: a database of the first version of the app is opened with all it holds', async () => {
  const name = `first-${crypto.randomUUID()}`;
  const before = new Dexie(name);
  before.version(1).stores({ updates: '++number, &key, document', documents: 'name' });
  await before.open();
  await before.table('documents').add({ name: 'core', incarnation: null, cursor: 7, epoch: 0 });
  before.close();

  const database = await openForTest(name);
  expect(await database.documents.get('core')).toMatchObject({ cursor: 7 });
  expect(await rememberChain(database, null, first)).toBe(true);
});
