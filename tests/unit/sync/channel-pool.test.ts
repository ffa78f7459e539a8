import { expect, test } from 'vitest';
import { ChannelPool } from '#lib/sync/channel-pool.ts';
import { OpenSockets } from '#lib/sync/open-sockets.ts';
import type { ClientMessage } from '#lib/sync/protocol.ts';
import { Retired } from '#lib/sync/retired.ts';
import { MemoryStore } from '#tests/sync/support/memory-store.ts';
import { rowOf, until } from '#tests/sync/support/person.ts';

test('a document that was to be opened later, and is opened sooner by who types, does not keep the pool busy', async () => {
  const nothing = (): void => undefined;
  const sent: ClientMessage[] = [];
  const store = new MemoryStore();
  const pool = new ChannelPool({
    store,
    send: (message) => sent.push(message),
    sockets: new OpenSockets(),
    retired: new Retired(),
    incarnations: new Map(),
    onacknowledged: nothing,
    ondata: nothing,
    onrebuild: nothing,
    onprogress: nothing,
    onfault: (fault) => expect.unreachable(String(fault)),
  });
  const type = (): void => {
    const row = rowOf('core', new Uint8Array([0, 0]));
    store.append(row);
    pool.push(row);
  };
  const opened = (count: number): Promise<void> =>
    until(() => sent.filter(({ kind }) => kind === 'open').length === count);

  type();
  await opened(1);
  pool.receive({ kind: 'opened', channel: 1, incarnation: 'i1', head: 0 });
  pool.receive({ kind: 'closed', channel: 1, reason: 'unwritten' });
  await until(() => pool.channelOf('core') === null);
  type();
  await opened(2);
  pool.receive({ kind: 'opened', channel: 2, incarnation: 'i1', head: 0 });
  await until(() => sent.filter(({ kind }) => kind === 'data').length >= 2);
  pool.receive({ kind: 'ack', channel: 2, n: 2, seqs: [1, 2] });
  await until(() => pool.isIdle);
  pool.end();
});
