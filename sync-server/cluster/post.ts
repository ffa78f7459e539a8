/** Letters between servers over Redis. Redis may be emptied, restarted or gone: then nothing is heard for a while. */
import { createClient } from 'redis';
import { readLetter, writeLetter } from './letters.ts';
import type { Letter } from './letters.ts';

/** Letters go to whoever listens at the moment. */
export interface Post {
  /** Calls back with what others say, and whenever one's own letters come back again after they did not. */
  listen(onletter: (letter: Letter) => void, onreturn: () => void): void;
  send(letter: Letter): void;
  close(): void;
}

export interface PostOptions {
  readonly url: string;
  /** Servers of one database share a channel, whoever else uses this Redis. */
  readonly channel: string;
  readonly server: string;
  readonly log: (line: string, cause?: unknown) => void;
}

const HERE_EVERY_MS = 1000;
/** Without hearing oneself for so long, nobody else is heard either. */
const SILENCE_MS = 3500;
/** Until connections that bring nothing are thrown away for new ones. */
const CONNECT_AGAIN_MS = 2500;

/** Connects, and goes on trying for as long as it takes. */
export function openPost({ url, channel, server, log }: PostOptions): Post {
  // What becomes of a connection is judged by what comes over it, so none is repaired: there are new ones instead.
  const newClient = () =>
    createClient({ url, disableOfflineQueue: true, socket: { connectTimeout: 2000, reconnectStrategy: false } }).on(
      'error',
      (cause: unknown) => (trouble = cause),
    );
  let [speaking, hearing] = [newClient(), newClient()];
  let connectedAt = 0;
  let isThere: boolean | null = null;
  let heardAt = performance.now();
  let trouble: unknown = null;
  let hear: ((letter: Letter) => void) | null = null;
  let returned: (() => void) | null = null;

  function say(letter: Letter): void {
    // What cannot be said now is of no use later.
    if (speaking.isReady) speaking.publish(channel, writeLetter(letter)).catch(() => undefined);
  }

  function note(isNowThere: boolean): void {
    if (isThere === isNowThere) return;
    const isReturn = isThere === false;
    isThere = isNowThere;
    if (!isNowThere) {
      log('Redis does not answer. The database is asked every second for what other servers write.', trouble);
      return;
    }
    if (isReturn) log('Redis is back: what other servers write is heard of at once again.');
    returned?.();
  }

  function receive(text: string): void {
    const letter = readLetter(text);
    if (letter === null) return;
    if (letter.from !== server) hear?.(letter);
    else {
      heardAt = performance.now();
      note(true);
    }
  }

  async function connect(): Promise<void> {
    connectedAt = performance.now();
    for (const client of [speaking, hearing]) if (client.isOpen) client.destroy();
    [speaking, hearing] = [newClient(), newClient()];
    const [speaks, hears] = [speaking, hearing];
    try {
      await Promise.all([speaks.connect(), hears.connect()]);
      await hears.subscribe(channel, receive);
    } catch (cause) {
      trouble = cause;
    }
  }

  void connect();
  const beating = setInterval(() => {
    say({ kind: 'here', from: server });
    if (performance.now() - heardAt <= SILENCE_MS) return;
    note(false);
    if (performance.now() - connectedAt > CONNECT_AGAIN_MS) void connect();
  }, HERE_EVERY_MS).unref();

  return {
    listen: (onletter, onreturn) => {
      hear = onletter;
      returned = onreturn;
    },
    send: say,
    close: () => {
      clearInterval(beating);
      for (const client of [speaking, hearing]) if (client.isOpen) client.destroy();
    },
  };
}
