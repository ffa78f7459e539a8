/** `/chain/<workspace>/…`: the audit chain, for devices. `src/lib/governance/audit/chain-wire.ts` says how. */
import type { ServerResponse } from 'node:http';
import type { ChainDesk } from '../audit/chain-desk.ts';
import type { Authorise } from '../files/authorise.ts';
import type { Route } from './door.ts';
import { answerText } from './door.ts';

export function chainRoute(authorise: Authorise, desk: ChainDesk): Route {
  return async ({ request, response, address }) => {
    const [, door, workspace, what, ...rest] = address.pathname.split('/');
    if (door !== 'chain') return false;
    const by = await authorise(request);
    const number = numberIn(address.searchParams.get(what === 'head' ? 'at' : 'after'));
    if (by === null || by.workspace !== workspace) answerText(response, 401, UNKNOWN);
    else if (request.method !== 'GET' || rest.length > 0 || number === null) answerText(response, 400, MALFORMED);
    else if (what === 'head') answer(response, await desk.head(by, number));
    else if (what === 'entries')
      answer(response, await desk.entries(by, number, address.searchParams.get('proofs') === '1'));
    else answerText(response, 400, MALFORMED);
    return true;
  };
}

const UNKNOWN = 'Only devices of its members are told of a chain.\n';
const NOT_ALLOWED = 'Heads are for members, and entries for those who audit, control or own.\n';
const MALFORMED = 'That is not how a chain is asked for.\n';

function answer(response: ServerResponse, value: object | null): void {
  if (value === null) {
    answerText(response, 403, NOT_ALLOWED);
    return;
  }
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(200, headers).end(JSON.stringify(value));
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}
