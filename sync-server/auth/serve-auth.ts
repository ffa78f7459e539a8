/**
 * Everything at `/auth/*`: JSON asked by the app itself, answered with a `Result`. There are no cookies: a device proves
 * its key or shows the access token it was given, so nothing that another site makes a browser send is worth anything.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { Result } from '#lib/domain/result.ts';
import type { Route } from '../http/door.ts';
import { mayConnect } from '../http/origins.ts';
import type { Doors } from '../http/origins.ts';
import { refused } from './desk.ts';
import type { Answer, Desk, Refused } from './desk.ts';
import {
  addPasskey,
  changePassword,
  endSession,
  nameDevice,
  ownAccount,
  passkeyForOwn,
  removePasskey,
  rename,
} from './own-account.ts';
import type { Asker } from './own-account.ts';
import { people, personLink, recoveryLink } from './people.ts';
import { beginWithProvider, finishWithProvider } from './provider.ts';
import { requests } from './requests.ts';
import { access, begin, signIn } from './sign-in.ts';
import { lookAtTicket, passkeyForNewcomer, recover, signUp } from './sign-up.ts';

type Serve = (desk: Desk, body: unknown, bearer: string) => Answer<unknown>;
type AuthOptions = Omit<Desk, 'origin' | 'address'> & {
  readonly doors: Doors;
  /** Whether a proxy in front says who asks. */
  readonly behindProxy: boolean;
};

const MOST_BYTES = 64 * 1024;

const routes: Readonly<Record<string, Serve>> = {
  '/auth/begin': open(requests.begin, begin),
  '/auth/link': open(requests.ticket, lookAtTicket),
  '/auth/passkey': open(requests.passkeyCreation, passkeyForNewcomer),
  '/auth/sign-up': open(requests.signUp, signUp),
  '/auth/recover': open(requests.recover, recover),
  '/auth/sign-in': open(requests.signIn, signIn),
  '/auth/provider/begin': open(requests.providerBegin, beginWithProvider),
  '/auth/provider/finish': open(requests.providerFinish, finishWithProvider),
  '/auth/access': open(requests.access, access),
  '/auth/account': known(requests.nothing, ownAccount),
  '/auth/account/rename': known(requests.rename, rename),
  '/auth/account/password': known(requests.changePassword, changePassword),
  '/auth/account/passkey': known(requests.nothing, passkeyForOwn),
  '/auth/account/passkey/add': known(requests.addPasskey, addPasskey),
  '/auth/account/passkey/remove': known(requests.removePasskey, removePasskey),
  '/auth/devices/name': known(requests.nameDevice, nameDevice),
  '/auth/devices/sign-out': known(requests.endSession, endSession),
  '/auth/people': known(requests.nothing, people),
  '/auth/people/link': known(requests.nothing, personLink),
  '/auth/people/recovery': known(requests.recoveryLink, recoveryLink),
};

const STATUS: Readonly<Partial<Record<Refused['kind'], number>>> = {
  foreign: 403,
  unknown: 404,
  'sign-in-needed': 401,
  'wrong-credentials': 401,
  'owner-only': 403,
  wait: 429,
  busy: 503,
};

/** Answers requests at `/auth/*`. */
export function authRoute(options: AuthOptions): Route {
  return async ({ request, response, address }) => {
    if (!address.pathname.startsWith('/auth/')) return false;
    send(response, await answer(options, request, address.pathname));
    return true;
  };
}

async function answer(options: AuthOptions, request: IncomingMessage, path: string): Promise<Result<unknown, Refused>> {
  const serve = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (serve === undefined) return refused('unknown');
  const { origin, host, authorization = '' } = request.headers;
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  const isOwn = origin !== undefined && mayConnect(origin, host, options.doors);
  if (request.method !== 'POST' || !isOwn || !isJson) return refused('foreign');
  const body = await jsonOf(request);
  if (body === undefined) return refused('malformed');
  const desk = { ...options, origin, address: addressOf(request, options.behindProxy) };
  return serve(desk, body, /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '');
}

/** For anybody. */
function open<S extends v.GenericSchema>(
  schema: S,
  run: (desk: Desk, asked: v.InferOutput<S>) => Answer<unknown>,
): Serve {
  return async (desk, body) => {
    const asked = v.safeParse(schema, body);
    return asked.success ? run(desk, asked.output) : refused('malformed');
  };
}

/** For whoever is signed in. */
function known<S extends v.GenericSchema>(
  schema: S,
  run: (desk: Desk, asker: Asker, asked: v.InferOutput<S>) => Answer<unknown>,
): Serve {
  return async (desk, body, bearer) => {
    const session = await desk.sessions.bearer(bearer);
    const account = session === null ? null : await desk.accounts.account(session.account);
    if (session === null || account === null) return refused('sign-in-needed');
    const asked = v.safeParse(schema, body);
    return asked.success ? run(desk, { account, session }, asked.output) : refused('malformed');
  };
}

function addressOf(request: IncomingMessage, behindProxy: boolean): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const told = behindProxy ? forwarded.at(-1)?.trim() : undefined;
  return told === undefined || told === '' ? (request.socket.remoteAddress ?? '') : told;
}

/** Undefined when it is too long or no JSON. */
async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return undefined;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, result: Result<unknown, Refused>): void {
  const status = result.ok ? 200 : (STATUS[result.error.kind] ?? 400);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify(result));
}
