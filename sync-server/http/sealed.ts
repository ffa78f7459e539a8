/** `/sealed/<workspace>/<hash>`: what was submitted, approved or closed, to the byte, for those who may read it. */
import { documentOfContent } from '#lib/governance/approval/content.ts';
import type { Authorise } from '../files/authorise.ts';
import type { Storage } from '../storage/storage.ts';
import type { Deciders } from '../workspace/deciders.ts';
import { accessOf, mayReceive } from '../workspace/standing.ts';
import type { Route } from './door.ts';
import { answerText } from './door.ts';

export interface SealedRouteOptions {
  readonly authorise: Authorise;
  readonly storage: Pick<Storage, 'snapshot'>;
  readonly deciders: Pick<Deciders, 'of'>;
}

export function sealedRoute({ authorise, storage, deciders }: SealedRouteOptions): Route {
  return async ({ request, response, address }) => {
    const [, door, workspace = '', hash = '', ...rest] = address.pathname.split('/');
    if (door !== 'sealed') return false;
    const by = await authorise(request);
    if (by === null || by.workspace !== workspace) {
      answerText(response, 401, UNKNOWN_DEVICE);
      return true;
    }
    if (request.method !== 'GET' || rest.length > 0 || !/^[0-9a-f]{64}$/.test(hash)) {
      answerText(response, 400, MALFORMED);
      return true;
    }
    const bytes = await storage.snapshot(workspace, hash);
    if (bytes === null) {
      answerText(response, 404, NOT_HERE);
      return true;
    }
    const access = accessOf(await deciders.of(workspace).standing(by.member), by.member);
    if (!mayReceive(access, documentOfContent(bytes) ?? '')) {
      answerText(response, 403, NOT_ALLOWED);
      return true;
    }
    const headers = {
      ETag: `"${hash}"`,
      // Another content has another hash, and so another address.
      'Cache-Control': 'private, max-age=31536000, immutable',
    };
    if (request.headers['if-none-match'] === headers.ETag) {
      response.writeHead(304, headers).end();
      return true;
    }
    response.writeHead(200, {
      ...headers,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': bytes.length,
      'Content-Disposition': `attachment; filename="${hash.slice(0, 16)}.json"`,
      'Content-Security-Policy': "sandbox; default-src 'none'",
    });
    response.end(bytes);
    return true;
  };
}

const UNKNOWN_DEVICE = 'This device has not shown that it belongs to the workspace.\n';
const MALFORMED = 'That is not how sealed content is asked for.\n';
const NOT_HERE = 'Nothing was sealed here under this hash.\n';
const NOT_ALLOWED = 'What was sealed is for those who may read the document it was taken of.\n';
