/** `/person/<workspace>/<member>`: what is kept about one person. `privacy-wire.ts` of the app says how. */
import type { Authorise } from '../files/authorise.ts';
import type { PersonDesk } from '../privacy/person-desk.ts';
import type { Route } from './door.ts';
import { answerText } from './door.ts';

export function personRoute(authorise: Authorise, desk: PersonDesk): Route {
  return async ({ request, response, address }) => {
    const [, door, workspace, member = '', ...rest] = address.pathname.split('/');
    if (door !== 'person') return false;
    const by = await authorise(request);
    if (by === null || by.workspace !== workspace) answerText(response, 401, UNKNOWN);
    else if (request.method !== 'GET' || rest.length > 0) answerText(response, 400, MALFORMED);
    else {
      const file = await desk.file(by, member);
      if (file === null) answerText(response, 403, NOT_ALLOWED);
      else {
        const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
        response.writeHead(200, headers).end(`${JSON.stringify(file, null, 1)}\n`);
      }
    }
    return true;
  };
}

const UNKNOWN = 'Only devices of its members are told of people.\n';
const NOT_ALLOWED = 'What is kept about a person is for themself, and for owners.\n';
const MALFORMED = 'That is not how this is asked for.\n';
