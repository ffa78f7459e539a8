import { expect, test } from 'vitest';
import { syncStoreOf } from '#lib/store/sync-store.ts';
import { emptyTrail } from '#lib/store/trail.ts';
import { receiptsToSendOf } from '#lib/store/receipts-to-send.ts';
import { keepFetched, keepReceipt, keepThumbnail, receiptOf } from '#lib/store/receipts.ts';
import { acknowledge } from '#lib/store/received.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { logForTest, updateSetting } from './log-for-test.ts';

const photo = {
  original: Uint8Array.of(1, 2, 3),
  type: 'image/jpeg',
  thumbnail: Uint8Array.of(1),
  document: 'inbox/ana',
};

test('S13: a receipt is sent once the server has everything typed into the inbox that names it', async () => {
  const { log, database } = await logForTest();
  const kept = await keepReceipt(database, photo);
  const hash = kept.ok ? kept.value : '';
  const source = receiptsToSendOf(log, () => true);
  const typed = log.append('inbox/ana', updateSetting('a', '1'));
  log.append('inbox/ben', updateSetting('b', '1'));
  expect(await source.due()).toEqual([hash]);
  expect(await source.take(hash)).toBeNull();
  await log.flush();
  expect(await source.take(hash)).toBeNull();
  await acknowledge(log, 'inbox/ana', { incarnation: 'i1', rows: [{ key: typed.key, seq: 1 }] });
  expect(await source.take(hash)).toEqual({ document: 'inbox/ana', bytes: photo.original });
  await source.sent(hash);
  expect([await source.due(), await source.take(hash)]).toEqual([[], null]);
});

test('S13: a photo that is about to be made smaller is not sent yet', async () => {
  const { log, database } = await logForTest();
  const kept = await keepReceipt(database, { ...photo, thumbnail: null });
  const hash = kept.ok ? kept.value : '';
  const source = receiptsToSendOf(log, ({ thumbnail }) => thumbnail !== null);
  expect(await source.take(hash)).toBeNull();
  await keepThumbnail(database, hash, Uint8Array.of(9));
  expect(await source.take(hash)).not.toBeNull();
});

test('S13: receipts of a restored copy find the inbox that names them, and those that nothing names stay', async () => {
  const { log, database } = await logForTest();
  for (const hash of ['named', 'unnamed']) {
    await database.receipts.put({
      hash,
      type: 'image/png',
      size: 1,
      original: Uint8Array.of(1),
      thumbnail: null,
      sent: 0,
    });
  }
  const expense = makeExpense({ receipts: ['named'] });
  await database.trails.put({ ...emptyTrail(expense.id), captured: { document: 'inbox/ben', expense } });
  const source = receiptsToSendOf(log, () => true);
  expect(await source.take('named')).toEqual({ document: 'inbox/ben', bytes: Uint8Array.of(1) });
  expect(await source.take('unnamed')).toBeNull();
  expect(await receiptOf(database, 'named')).toMatchObject({ document: 'inbox/ben' });
});

test('S13: a receipt from the server is kept as sent, and what was known of it stays', async () => {
  const { database } = await logForTest();
  const original = Uint8Array.of(4, 5);
  await keepFetched(database, { hash: 'h', type: 'image/png', original });
  expect(await receiptOf(database, 'h')).toMatchObject({ original, size: 2, sent: 1, thumbnail: null });
  await database.receipts.update('h', { original: null, thumbnail: Uint8Array.of(7) });
  await keepFetched(database, { hash: 'h', type: 'image/png', original });
  expect(await receiptOf(database, 'h')).toMatchObject({ original, thumbnail: Uint8Array.of(7), sent: 1 });
});

test('S13: a server that went back to a copy is offered again what it may have lost, of this inbox and while it is here', async () => {
  const { log, database } = await logForTest();
  const hashes: string[] = [];
  for (const [n, document] of ['inbox/ana', 'inbox/ana', 'inbox/ben'].entries()) {
    const kept = await keepReceipt(database, { ...photo, original: Uint8Array.of(n), document });
    if (kept.ok) hashes.push(kept.value);
  }
  for (const hash of hashes) await database.receipts.update(hash, { sent: 1 });
  await database.receipts.update(hashes[1] ?? '', { original: null });
  await syncStoreOf(log).carryOver('inbox/ana', 'i2', 0);
  expect(await receiptsToSendOf(log, () => true).due()).toEqual([hashes[0]]);
});
