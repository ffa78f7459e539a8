/** How many updates a second reach the disk and one subscriber, when a writer has as many as anybody could want. */
import * as Y from 'yjs';
import { updatesOf } from '#lib/documents/replica.ts';
import { Person, rowOf, until } from '#tests/sync/support/person.ts';

const DOCUMENT = 'talk/2027/root';
const UPDATES = 30_000;

export async function measureThroughput(writer: Person): Promise<number> {
  const subscriber = await writer.invite();
  subscriber.attach(DOCUMENT);
  const doc = new Y.Doc();
  const rows = updatesOf(doc, () => {
    for (let n = 0; n < UPDATES; n += 1) doc.getMap('entries').set(`k${n}`, 125_000 + n);
  }).map((bytes) => rowOf(DOCUMENT, bytes));
  await writer.synced();

  const start = performance.now();
  for (const row of rows) writer.store.append(row);
  for (const row of rows) writer.connection.push(row);
  await until(() => writer.status.kind === 'synced', undefined, 120_000);
  const tookMs = performance.now() - start;
  await until(() => subscriber.doc(DOCUMENT).getMap('entries').size === UPDATES, undefined, 60_000);
  await subscriber.leave();
  return Math.round((UPDATES / tookMs) * 1000);
}
