import { expect, test } from 'vitest';
import { Pending } from '#lib/sync/pending.ts';
import { MemoryStore } from '#tests/sync/support/memory-store.ts';
import { rowOf } from '#tests/sync/support/person.ts';

/** Its first answer about what waits comes when the test says so. */
class HesitantStore extends MemoryStore {
  readonly #first = Promise.withResolvers<null>();
  #asked = 0;

  answerFirst(): void {
    this.#first.resolve(null);
  }

  override async unacknowledged(document: string) {
    const rows = await super.unacknowledged(document);
    this.#asked += 1;
    if (this.#asked === 1) await this.#first.promise;
    return rows;
  }
}

test('of two counts under way at once the later one stands, whichever ends first', async () => {
  const store = new HesitantStore();
  const row = rowOf('core', new Uint8Array([0, 0]));
  store.append(row);
  const pending = new Pending();
  const first = pending.recount(store);
  const second = pending.recount(store);
  pending.removeRows('core', [row.key]);
  await second;
  store.answerFirst();
  await first;
  expect(pending.count).toBe(0);
});
