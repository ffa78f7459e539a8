import { expect, test } from 'vitest';
import { DocumentChannel } from '#lib/sync/document-channel.ts';
import type { ChannelOptions } from '#lib/sync/document-channel.ts';
import { Retired } from '#lib/sync/retired.ts';
import { VirtualSocket } from '#lib/sync/virtual-socket.ts';
import { MemoryStore } from '#tests/sync/support/memory-store.ts';
import { rowOf } from '#tests/sync/support/person.ts';

const EMPTY = new Uint8Array([0, 0]);

/** A channel of `core` over this store, with one provider's socket. */
function newChannel(store = new MemoryStore(), options: Partial<ChannelOptions> = {}) {
  const nothing = (): void => undefined;
  const socket = new VirtualSocket({ attach: nothing, detach: nothing, replay: nothing, present: nothing });
  const shown: Uint8Array[] = [];
  const channel = new DocumentChannel({
    channel: 1,
    document: 'core',
    store,
    send: nothing,
    sockets: new Set([socket]),
    retired: new Retired(),
    seenIncarnation: null,
    onacknowledged: nothing,
    ondata: (_document, updates) => shown.push(...updates),
    onrebuild: nothing,
    onprogress: nothing,
    onend: nothing,
    onfault: (fault) => expect.unreachable(String(fault)),
    ...options,
  });
  channel.open(null);
  return { channel, socket, shown };
}

const opened = { kind: 'opened', channel: 1, incarnation: 'i1', head: 1 } as const;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

test('a channel that was lost while it opened tells no provider that it is open', async () => {
  const { channel, socket } = newChannel();
  channel.receive(opened);
  await Promise.resolve();
  channel.lost();
  await settled();
  expect(socket.readyState).toBe(0);
});

test('what a provider missed is not taken for handed over when the channel ended meanwhile', async () => {
  const reached: number[] = [];
  const { channel, socket } = newChannel();
  channel.receive(opened);
  await settled();
  expect(socket.readyState).toBe(1);
  channel.replay(socket, 0, (upTo) => reached.push(upTo));
  await Promise.resolve();
  channel.lost();
  await settled();
  expect(reached).toEqual([]);
});

test('a merged row is shown although it goes by the key of a row of ours', async () => {
  const store = new MemoryStore();
  const own = rowOf('core', EMPTY);
  store.append(own);
  const { channel, shown } = newChannel(store);
  channel.receive({ ...opened, head: 9 });
  const merged = { first: 1, seq: 9, key: own.key, checksum: own.checksum, bytes: EMPTY };
  channel.receive({ kind: 'rows', channel: 1, rows: [merged], clients: [] });
  await settled();
  expect(shown).toEqual([EMPTY]);
});
