/**
 * How the command line asks the running server for a copy: a socket in the data folder, open to the server's own user.
 * No other process can read the database while a server holds it.
 */
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isId } from '#lib/domain/id.ts';
import { copyFile } from './copy.ts';

const doorOf = (dataFolder: string): string => join(dataFolder, 'backup.sock');
const DONE = 'done';

/**
 * Copies the database to the `copyFile` of whoever asks; returns how to stop. The copy lies in the data folder, where
 * the server may write whatever else it is kept from.
 */
export function openBackupDoor(
  dataFolder: string,
  copyTo: (file: string) => Promise<void>,
  log: (line: string, cause?: unknown) => void,
): () => void {
  const copyHere = (id: string): Promise<void> => copyTo(copyFile(dataFolder, id));
  const door = doorOf(dataFolder);
  // Left by a server that was killed: whoever holds the database is alone here.
  rmSync(door, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => void answer(socket, copyHere, log));
  server.on('error', (cause) => log('Backups are possible only while the server is stopped.', cause));
  server.listen(door, () => chmodSync(door, 0o600));
  server.unref();
  return () => server.close();
}

/** What the server answers when asked for a copy by this id: null when it has, a sentence when not; `absent` without one. */
export async function askForCopy(dataFolder: string, id: string): Promise<string | null> {
  const socket = connect({ path: doorOf(dataFolder), allowHalfOpen: true });
  socket.end(id);
  try {
    const answered = await text(socket);
    return answered === DONE ? null : answered || 'The server stopped before the copy was whole.';
  } catch {
    return 'absent';
  }
}

async function answer(
  socket: Socket,
  copyHere: (id: string) => Promise<void>,
  log: (line: string, cause?: unknown) => void,
): Promise<void> {
  socket.on('error', () => undefined);
  try {
    const id = await text(socket);
    if (!isId(id)) throw new Error('A copy is asked for by its id.');
    await copyHere(id);
    socket.end(DONE);
  } catch (cause) {
    log('A copy could not be made.', cause);
    socket.end(cause instanceof Error ? cause.message : 'The copy failed.');
  }
}
