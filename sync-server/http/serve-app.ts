/** The built app over HTTP: files that never change for a year, everything else asked for anew, any route the page. */
import { createReadStream, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream';
import { builtFiles } from './built-files.ts';
import type { BuiltFile } from './built-files.ts';
import { contentType } from './content-types.ts';
import { answerText } from './door.ts';
import type { Route } from './door.ts';
import { securityHeaders } from './security-headers.ts';

const PAGE = '/index.html';
const NOT_BUILT = 'The app has not been built yet. Run "npm start", or "npm run build" and start the server again.\n';

/** Answers everything from the app built in `folder`. */
export function appServer(folder: string): Route {
  const files = builtFiles(folder);
  const page = files.get(PAGE);
  const headers = securityHeaders(page === undefined ? '' : readFileSync(page.path, 'utf8'));

  return ({ request, response }) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      answerText(response, 405, 'Only GET and HEAD.\n');
      return true;
    }
    const address = addressIn(request);
    const file = address === null ? undefined : (files.get(address) ?? (isRoute(address) ? page : undefined));
    if (file !== undefined) send(request, response, file, address ?? PAGE);
    else if (page === undefined) answerText(response, 503, NOT_BUILT);
    else answerText(response, 404, 'Not found.\n');
    return true;
  };
}

/** The decoded path of the request; null when it cannot be read. */
function addressIn(request: IncomingMessage): string | null {
  try {
    return decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  } catch {
    return null;
  }
}

/** A path of the app's own rather than of a file: the page finds its way from there. */
function isRoute(address: string): boolean {
  return extname(address) === '' && !address.startsWith('/_app/');
}

function send(request: IncomingMessage, response: ServerResponse, file: BuiltFile, address: string): void {
  const isForever = address.startsWith('/_app/immutable/');
  response.setHeader('Cache-Control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('ETag', file.etag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const accepted = new Set((request.headers['accept-encoding'] ?? '').split(/[\s,]+/));
  const smaller = file.smaller.find(({ encoding }) => accepted.has(encoding));
  if (smaller !== undefined) response.setHeader('Content-Encoding', smaller.encoding);
  response.setHeader('Content-Type', contentType(file.path));
  response.setHeader('Content-Length', (smaller ?? file).bytes);
  response.writeHead(200);
  if (request.method === 'HEAD') response.end();
  // A reader who leaves early, or a file that vanished, ends the answer; there is nothing else to do about it.
  else pipeline(createReadStream((smaller ?? file).path), response, () => undefined);
}
