/** The line of a shared workspace to its server: documents, commands and presence over one socket. */
import type { Doc } from '#lib/documents/new-document.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { RememberedChain } from '#lib/governance/audit/remembered.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { entriesAfter } from '#lib/store/decision-log.ts';
import { failureOf, type StoreFailure } from '#lib/store/failure.ts';
import { giveCommand } from '#lib/store/outbox.ts';
import type { RegisteredWorkspace } from '#lib/store/registry.ts';
import { syncStoreOf } from '#lib/store/sync-store.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import { ChainLine } from '#lib/sync/chain-line.ts';
import { connectSync } from '#lib/sync/connect.ts';
import type { SyncConnection } from '#lib/sync/connection-options.ts';
import { deviceOf } from '#lib/sync/device.ts';
import { askServer } from '#lib/sync/device-pass.ts';
import { ReceiptLine } from '#lib/sync/receipt-line.ts';
import type { Sending } from '#lib/sync/receipt-queue.ts';
import { attachDocument, type Attachment } from '#lib/sync/presence.ts';
import type { SyncStatus } from '#lib/sync/status.ts';
import { ChainWatch } from './audit/chain-watch.ts';
import type { Decider } from './decider.ts';
import { sendReceipts, type ReceiptSending } from './receipt-sending.ts';
import { RemoteDecider } from './remote-decider.ts';
import { pageSurroundings } from './surroundings.ts';
import { APP_VERSION } from './version.ts';

/** What connects a workspace to its server; `token` while this device is not a member, `share` while the server has nothing. */
export interface Line {
  readonly registered: RegisteredWorkspace;
  readonly token?: string;
  readonly share?: boolean;
  readonly onwelcome?: (member: string) => void;
}

/** Asks the server something over HTTP, as this device. Rejects when nobody answers. */
export type ServerRequest = (address: string, init?: RequestInit) => Promise<Response>;

export interface ServerLine {
  readonly connection: SyncConnection;
  readonly receipts: ReceiptSending;
  readonly chain: ChainWatch;
  readonly decider: Decider;
  readonly request: ServerRequest;
  readonly attach: (name: string, doc: Doc, loadedTo: number) => Attachment;
  /** Milliseconds by the server's clock. */
  readonly serverNow: () => number;
}

export interface LineHost {
  readonly log: UpdateLog;
  readonly onaccess: (access: { readonly token: string; readonly expiresAt: string }) => void;
  readonly onsync: (status: SyncStatus) => void;
  readonly onsending: (sending: ReadonlyMap<string, Sending>) => void;
  /** What is remembered of the server's audit chain has changed. */
  readonly onchain: (remembered: RememberedChain) => void;
  /** Rows of a document were refused, or it begins anew: build it again from the store. */
  readonly onrebuild: (document: string) => void;
  readonly onfault: (fault: unknown) => void;
}

/** Opens the line and keeps it open; being unreachable is a state of it, not a failure. */
export async function openServerLine(line: Line, host: LineHost): Promise<ServerLine> {
  const { registered, token, share = false, onwelcome } = line;
  const { serverUrl, deviceKeys } = registered;
  if (serverUrl === null || deviceKeys === null) throw new Error('A shared workspace has a server and a device key');
  const { log, onsync, onsending, onchain, onrebuild, onfault, onaccess } = host;
  const store = syncStoreOf(log);
  const decider = new RemoteDecider({
    keep: (given) => keptInOutbox(log, given),
    send: (given) => connection.give(given),
    connected: () => ['synced', 'syncing'].includes(connection.status.kind),
  });
  const device = await deviceOf(deviceKeys);
  let serverAheadMs = 0;
  const overHttp = {
    url: serverUrl,
    workspace: registered.id,
    device,
    serverNow: () => Date.now() + serverAheadMs,
    fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
  };
  const receipts = sendReceipts({ log, line: new ReceiptLine(overHttp), onchange: onsending, onfault });
  const chain = new ChainWatch({
    log,
    workspace: registered.id,
    line: new ChainLine(overHttp),
    now: () => new Date(),
    random: Math.random,
    onchange: onchain,
    onfault,
  });
  const connection = connectSync({
    url: serverUrl,
    workspace: registered.id,
    device,
    app: APP_VERSION,
    ...(token === undefined ? {} : { token }),
    ...(share ? { share: { log: () => wholeLog(log) } } : {}),
    store: {
      ...store,
      answered: async (commandId, answer) => {
        await store.answered(commandId, answer);
        decider.answered(commandId, answer);
        chain.look();
      },
    },
    now: Date.now,
    random: Math.random,
    surroundings: pageSurroundings(),
    onaccess,
    onstatus: (status) => {
      onsync(status);
      if (status.kind === 'synced') receipts.look();
    },
    onwelcome: ({ member, time }) => {
      serverAheadMs = Date.parse(time) - Date.now();
      onwelcome?.(member);
      chain.look();
    },
    onrebuild,
    onfault,
  });
  return {
    connection,
    receipts,
    chain,
    decider,
    request: (address, init) => askServer(overHttp, address, init),
    attach: (name, doc, loadedTo) => attachDocument(connection, name, doc, loadedTo),
    serverNow: overHttp.serverNow,
  };
}

async function keptInOutbox(log: UpdateLog, given: GivenCommand): Promise<Result<null, StoreFailure>> {
  try {
    await giveCommand(log.database, given);
    return ok(null);
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

async function wholeLog(log: UpdateLog): Promise<readonly LogEntry[]> {
  const entries = await entriesAfter(log.database, 0);
  if (!entries.ok) throw new Error(`The decision log cannot be read: ${entries.error.kind}`);
  return entries.value;
}
