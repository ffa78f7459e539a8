/** Every HTTP request comes in here: it gets an id, the headers of trust, and the first route that is its own. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../operate/log.ts';
import { isKnownHost } from './origins.ts';
import type { Doors } from './origins.ts';
import { securityHeaders } from './security-headers.ts';

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly address: URL;
  /** Names this request in the log and in the answer. */
  readonly id: string;
}

/** Answers what is its own; false leaves the request to the next. */
export type Route = (asked: Asked) => boolean | Promise<boolean>;

export interface DoorOptions extends Doors {
  /** In order; the last answers everything. */
  readonly routes: readonly Route[];
  readonly newId: () => string;
  readonly log: Log;
}

export function httpDoor(options: DoorOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const headers = Object.entries(securityHeaders(''));
  return (request, response) => {
    const id = options.newId();
    for (const [name, value] of headers) response.setHeader(name, value);
    response.setHeader('X-Request-Id', id);
    const askedAt = performance.now();
    response.once('finish', () => note(options.log, id, request, response, performance.now() - askedAt));
    const address = URL.parse(request.url ?? '/', 'http://localhost');
    if (address === null) answerText(response, 400, 'That is no address.\n');
    else if (!isKnownHost(request.headers.host, options)) answerText(response, 421, MISDIRECTED);
    else {
      firstOf(options.routes, { request, response, address, id }).catch((cause: unknown) => {
        options.log('A request failed.', cause, { request: id, method: request.method ?? '' });
        if (!response.headersSent) answerText(response, 500, `Something failed here. It is noted as ${id}.\n`);
        else response.destroy();
      });
    }
  };
}

/** Writing and failing is worth a line. Of the path only its first word: the rest may name things, or open them. */
function note(log: Log, id: string, request: IncomingMessage, response: ServerResponse, ms: number): void {
  const { method = '', url = '' } = request;
  const status = response.statusCode;
  if ((method === 'GET' || method === 'HEAD') && status < 500) return;
  const to = /^\/[a-z]*/.exec(url)?.[0] ?? '';
  if (to === '/readyz') return;
  log('A request was answered.', null, { request: id, method, to, status, ms: Math.round(ms) });
}

const MISDIRECTED =
  'This server does not go by that name. If it should, set ALLOWED_ORIGINS to the address people open, like https://outlay.example.com, and start it again.\n';

async function firstOf(routes: readonly Route[], asked: Asked): Promise<void> {
  for (const route of routes) {
    const answered = route(asked);
    if (answered === true || (answered !== false && (await answered))) return;
  }
}

/** A short answer that nobody keeps. */
export function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(text);
}
