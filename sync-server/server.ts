/** The whole server as a value: app over HTTP, devices at `/sync`, stock Yjs clients at `/y/<workspace>/<document>`. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Attempts } from './accounts/attempts.ts';
import { identityProvider } from './accounts/identity-provider.ts';
import type { ProviderOptions } from './accounts/identity-provider.ts';
import { Sessions } from './accounts/sessions.ts';
import { signedWords } from './accounts/signed-words.ts';
import { authRoute } from './auth/serve-auth.ts';
import { ChainDesk } from './audit/chain-desk.ts';
import { signingKey } from './audit/signing-key.ts';
import { authoriseDevices } from './files/authorise.ts';
import type { Authorise } from './files/authorise.ts';
import type { FileStorage } from './files/file-storage.ts';
import { LedgerReceipts } from './files/ledger-receipts.ts';
import { ReceiptDesk } from './files/receipt-desk.ts';
import { receiptRights } from './files/receipt-rights.ts';
import { chainRoute } from './http/chain.ts';
import { httpDoor } from './http/door.ts';
import type { Route } from './http/door.ts';
import { healthRoute } from './http/health.ts';
import { personRoute } from './http/person.ts';
import { receiptRoute } from './http/receipts.ts';
import { sealedRoute } from './http/sealed.ts';
import { appServer } from './http/serve-app.ts';
import type { Log } from './operate/log.ts';
import type { Pressure } from './operate/load.ts';
import { measurePressure } from './operate/pressure.ts';
import { readiness } from './operate/readiness.ts';
import { PersonDesk } from './privacy/person-desk.ts';
import { noticed } from './storage/noticed.ts';
import type { StorageTrouble } from './storage/storage.ts';
import { sendHome } from './wire/send-home.ts';
import { tokenHash } from './wire/token-hash.ts';
import { SocketDoor } from './wire/socket-door.ts';
import type { Patience } from './wire/sweep-silent.ts';
import { guestIn } from './workspace/guest.ts';
import { Rooms } from './workspace/rooms.ts';
import type { Surroundings } from './workspace/surroundings.ts';

export interface ServerOptions extends Surroundings {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Where the built app is. */
  readonly appFolder: string;
  /** Where receipts are kept; without it none are taken. */
  readonly files?: FileStorage;
  /** Bytes of receipts that one workspace may have. */
  readonly receiptQuotaBytes?: number;
  /** Origins of pages that may open sockets, besides the server's own. */
  readonly origins?: readonly string[];
  /** Who else may say who somebody is. */
  readonly provider?: ProviderOptions | undefined;
  /** Whether a proxy in front says who asks, by `X-Forwarded-For`. */
  readonly behindProxy?: boolean;
  /** Who brings it may read `/metrics`; without one, this machine only. */
  readonly metricsToken?: string | null;
  /** How long to go on serving, once asked to stop, until balancers have seen that nobody should be sent here. */
  readonly drainMs?: number;
  readonly patience?: Patience;
  /** What weighs on the process; measured unless given. */
  readonly pressure?: () => Pressure;
  readonly lookEveryMs?: number;
  /** How often it is looked whether a retention clock has run out. */
  readonly houseEveryMs?: number;
}

export interface RunningServer {
  readonly port: number;
  /** Sends nobody here any more, acknowledges what has arrived, then lets everybody go. */
  stop(): Promise<void>;
}

/** A request's head has to be here by then: whoever sends one byte a second keeps no socket for long. */
const HEAD_WITHIN_MS = 15_000;
const SWEEP_EVERY_MS = 60 * 60_000;
/** Parts of a receipt that nobody added to for so long go: its device brings all of it again. */
const PARTS_LAST_MS = 24 * SWEEP_EVERY_MS;
const HOUSE_EVERY_MS = 6 * 60 * 60_000;

export async function startServer(given: ServerOptions): Promise<RunningServer> {
  let onfailed: (trouble: StorageTrouble) => void = () => undefined;
  const options = watched(given, (trouble) => onfailed(trouble));
  const {
    host,
    storage,
    log,
    newId,
    origins = [],
    metricsToken = null,
    drainMs = 0,
    patience,
    lookEveryMs = 1000,
    files,
    houseEveryMs = HOUSE_EVERY_MS,
  } = options;
  const secret = await options.accounts.secret();
  const words = signedWords(secret);
  const sessions = new Sessions({ ...options, words });
  const isSignedOut = async (device: string): Promise<boolean> => (await sessions.of(device)).kind === 'ended';
  const authorise = authoriseDevices(storage, options.now, isSignedOut);
  const rooms = new Rooms(options, sessions);
  const chainDesk = new ChainDesk({ storage, key: signingKey(secret), now: options.now, deciders: rooms.deciders });
  const { figures, load, committer } = rooms;
  onfailed = (trouble) => committer.failed(trouble);
  const doors = { host, origins };
  let isDraining = false;

  const notReady = readiness({
    storage,
    state: () => committer.state,
    isDraining: () => isDraining,
    clock: () => performance.now(),
  });
  const auth = authRoute({
    ...options,
    doors,
    behindProxy: options.behindProxy ?? false,
    sessions,
    words,
    attempts: new Attempts(() => options.now().getTime()),
    provider: options.provider === undefined ? null : identityProvider(options.provider, words),
    nameOf: async (workspace) => {
      const [founding] = await storage.log(workspace, 0, 1);
      const founded = founding?.contents?.events.find((event) => event.kind === 'workspace-founded');
      return founded?.name ?? '';
    },
    mayJoin: async (workspace, token) => (await guestIn(rooms, workspace, tokenHash(token))) !== null,
  });
  const routes = [
    auth,
    healthRoute({ notReady, figures, metricsToken }),
    ...(files === undefined ? [] : [receipts(files, options, rooms, authorise)]),
    chainRoute(authorise, chainDesk),
    personRoute(authorise, new PersonDesk({ ...options, deciders: rooms.deciders })),
    sealedRoute({ authorise, storage, deciders: rooms.deciders }),
    appServer(options.appFolder),
  ];
  const http = createServer({ headersTimeout: HEAD_WITHIN_MS }, httpDoor({ ...doors, routes, newId, log }));
  const door = new SocketDoor({ rooms, doors, isStopping: () => isDraining, patience });
  http.on('upgrade', (request, duplex, head) => door.knock(request, duplex, head));

  const measured = measurePressure(() => door.unreadBytes);
  const pressure = options.pressure ?? measured.read.bind(measured);
  const looking = setInterval(() => {
    load.look(pressure());
    door.letSlowOnesGo();
  }, lookEveryMs).unref();
  const sweeping = setInterval(() => sweep(options), SWEEP_EVERY_MS).unref();
  const keeping = setInterval(() => keepHouse(rooms, log), houseEveryMs).unref();
  sweep(options);
  figures.watch({
    connections: () => door.counts,
    rooms: () => rooms.count,
    state: () => committer.state,
    load: () => load.level,
  });

  http.listen(options.port, host);
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;

  return {
    port,
    stop: async () => {
      isDraining = true;
      await new Promise((resolve) => setTimeout(resolve, drainMs));
      clearInterval(looking);
      clearInterval(sweeping);
      clearInterval(keeping);
      measured.stop();
      door.close();
      sessions.close();
      http.close();
      await rooms.close();
      await sendHome(door.sockets);
      http.closeAllConnections();
      await files?.close();
      await storage.close();
    },
  };
}

/** Everything that is kept anywhere, so that a failing disk is noticed whatever it fails at. */
function watched(options: ServerOptions, onfailed: (trouble: StorageTrouble) => void): ServerOptions {
  const { storage, accounts, files } = options;
  return {
    ...options,
    storage: noticed(storage, onfailed),
    accounts: noticed(accounts, onfailed),
    ...(files === undefined ? {} : { files: noticed(files, onfailed) }),
  };
}

/** Parts of receipts that were never finished go, once nobody has added to them for a day. */
function sweep({ files, now, log }: ServerOptions): void {
  files?.sweep(new Date(now().getTime() - PARTS_LAST_MS)).catch((cause: unknown) => {
    log('Old parts of receipts could not be thrown away.', cause);
  });
}

function keepHouse(rooms: Rooms, log: Log): void {
  rooms.keepHouse().catch((cause: unknown) => log('What was to be erased could not be.', cause));
}

function receipts(files: FileStorage, options: ServerOptions, rooms: Rooms, authorise: Authorise): Route {
  const { storage, receiptQuotaBytes: quotaBytes = Infinity } = options;
  const { deciders, figures } = rooms;
  const desk = new ReceiptDesk({
    files,
    rights: receiptRights(deciders),
    ledgers: new LedgerReceipts(storage),
    quotaBytes,
    onkept: (bytes) => figures.keptReceipt(bytes),
  });
  return receiptRoute(authorise, desk);
}
