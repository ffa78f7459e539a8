import { HocuspocusProvider } from '@hocuspocus/provider';
import * as Y from 'yjs';
import { ServerProcess } from '#tests/support/server-process.ts';
import { until } from '#tests/sync/support/person.ts';
import type { Peer, PeerDevice } from './peer.ts';

/**
 * Hocuspocus: its server answers every update with a sync status, and its provider counts `unsyncedChanges` down. At
 * zero an app built on it tells people that all is saved, so each step down is an acknowledged edit.
 */
export async function hocuspocusPeer(): Promise<Peer> {
  const process = await ServerProcess.start({ program: 'bench/support/peers/hocuspocus-server.ts' });
  return {
    name: 'hocuspocus',
    process,
    device: async (onacknowledged) => {
      const document = new Y.Doc();
      const url = process.url.replace('http', 'ws');
      const provider = new HocuspocusProvider({ url, name: 'talk', document });
      await until(() => provider.isSynced && !provider.hasUnsyncedChanges);
      let unsynced = 0;
      provider.on('unsyncedChanges', ({ number }: { readonly number: number }) => {
        if (number < unsynced) onacknowledged(unsynced - number);
        unsynced = number;
      });
      return deviceOf(provider, document);
    },
    dispose: () => process.dispose(),
  };
}

function deviceOf(provider: HocuspocusProvider, document: Y.Doc): PeerDevice {
  return {
    type: (key, value) => document.getMap('entries').set(key, value),
    keys: () => [...document.getMap('entries').keys()],
    lose: () => {
      provider.destroy();
      document.destroy();
      return Promise.resolve();
    },
  };
}
