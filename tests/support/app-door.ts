import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpDoor } from '#server/http/door.ts';
import { appServer } from '#server/http/serve-app.ts';

/** A server's answers to HTTP, with nothing behind it but the app built in `folder`. */
export function appDoor(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  return httpDoor({
    host: 'localhost',
    origins: ['https://outlay.example.com'],
    routes: [appServer(folder)],
    newId: () => 'request-1',
    log: () => undefined,
  });
}
