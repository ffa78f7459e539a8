import { Person } from '#tests/sync/support/person.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import type { Peer, PeerDevice } from './peer.ts';

const DOCUMENT = 'talk/2027/root';

/** Ours: an edit counts as acknowledged when the device's store has been told that it is on the server's disk. */
export async function outlayPeer(): Promise<Peer> {
  const process = await ServerProcess.start();
  const founder = await Person.found(process.url);
  return {
    name: 'outlay',
    process,
    device: async (onacknowledged) => {
      founder.connection.tryNow();
      const person = await founder.invite();
      watchAcknowledgements(person, onacknowledged);
      person.attach(DOCUMENT);
      await person.synced();
      return deviceOf(person);
    },
    dispose: async () => {
      await founder.leave();
      await process.dispose();
    },
  };
}

function watchAcknowledgements({ store }: Person, onacknowledged: (edits: number) => void): void {
  const acknowledge = store.acknowledge.bind(store);
  store.acknowledge = async (document, acknowledged) => {
    await acknowledge(document, acknowledged);
    if (document === DOCUMENT) onacknowledged(acknowledged.rows.length);
  };
}

function deviceOf(person: Person): PeerDevice {
  return {
    type: (key, value) => person.type(key, value, DOCUMENT),
    keys: () => Object.keys(person.content(DOCUMENT)),
    lose: () => person.leave(),
  };
}
