/** Lets everybody go when the server stops: told why, and over how long to spread their coming back. */
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { CLOSE } from '#lib/sync/protocol.ts';

const GOODBYE_MS = 1000;
/** Each device that comes back is welcomed and brought up to date; so many milliseconds apart nobody waits for another. */
const APART_MS = 10;
const LONGEST_MS = 10_000;

export async function sendHome(sockets: ReadonlySet<WebSocket>): Promise<void> {
  const spreadMs = Math.min(LONGEST_MS, sockets.size * APART_MS);
  const gone = [...sockets].map((socket) => once(socket, 'close'));
  for (const socket of sockets) socket.close(CLOSE.serverStopping, String(spreadMs));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  await Promise.race([Promise.all(gone), late]);
  clearTimeout(timer);
  for (const socket of sockets) socket.terminate();
}
