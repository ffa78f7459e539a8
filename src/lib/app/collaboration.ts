/**
 * Everything of an open workspace that writes: open documents, the decider, the line to the server. Loaded after the
 * first screen has been painted, because reading needs none of it.
 */
import type { Doc } from 'yjs';
import { newDocument } from '#lib/documents/new-document.ts';
import { onTyped } from '#lib/documents/replica.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { GivenCommand } from '#lib/governance/command.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { decideAlone, entriesAfter, keepDecision } from '#lib/store/decision-log.ts';
import { failureOf, type StoreFailure } from '#lib/store/failure.ts';
import { giveCommand } from '#lib/store/outbox.ts';
import type { RegisteredWorkspace } from '#lib/store/registry.ts';
import { syncStoreOf } from '#lib/store/sync-store.ts';
import type { TabMessage } from '#lib/store/tabs.ts';
import type { UpdateLog } from '#lib/store/update-log.ts';
import type { SyncConnection } from '#lib/sync/connection-options.ts';
import { connectSync } from '#lib/sync/connect.ts';
import { deviceOf } from '#lib/sync/device.ts';
import { attachDocument } from '#lib/sync/presence.ts';
import type { SyncStatus } from '#lib/sync/status.ts';
import type { Decider, Outcome } from './decider.ts';
import { LocalDecider } from './local-decider.ts';
import { OpenDocuments, type OpenDocument } from './open-documents.ts';
import { RemoteDecider } from './remote-decider.ts';
import { pageSurroundings } from './surroundings.ts';
import { APP_VERSION } from './version.ts';

export interface CollaborationHost {
  readonly log: UpdateLog;
  readonly onsync: (status: SyncStatus) => void;
  /** A document was built again: whoever shows it has to open it afresh. */
  readonly onreplaced: (document: string) => void;
  readonly onfault: (fault: unknown) => void;
}

/** What connects a workspace to its server; `token` while this device is not a member, `share` while the server has nothing. */
export interface Line {
  readonly registered: RegisteredWorkspace;
  readonly token?: string;
  readonly share?: boolean;
  readonly onwelcome?: (member: string) => void;
}

export class Collaboration {
  readonly documents: OpenDocuments;
  readonly #host: CollaborationHost;
  /** Documents in which this page only ever adds records: they need not be loaded for it. */
  readonly #adding = new Map<string, Doc>();
  #connection: SyncConnection | null = null;
  #decider: Decider;

  constructor(host: CollaborationHost) {
    this.#host = host;
    this.#decider = localDecider(host.log);
    this.documents = new OpenDocuments({
      log: host.log,
      onrow: (row) => this.#connection?.push(row),
      attach: (name, doc, loadedTo) =>
        this.#connection === null ? null : attachDocument(this.#connection, name, doc, loadedTo),
    });
  }

  get connection(): SyncConnection | null {
    return this.#connection;
  }

  /** Opens the line to the server; from then on the server decides. */
  async connect({ registered, token, share = false, onwelcome }: Line): Promise<void> {
    if (registered.serverUrl === null || registered.deviceKeys === null) return;
    await this.#connection?.close();
    const { log, onsync, onfault } = this.#host;
    const store = syncStoreOf(log);
    const decider = new RemoteDecider({
      keep: (given) => keptInOutbox(log, given),
      send: (given) => this.#connection?.give(given),
      connected: () => ['synced', 'syncing'].includes(this.#connection?.status.kind ?? 'local'),
    });
    this.#connection = connectSync({
      url: registered.serverUrl,
      workspace: registered.id,
      device: await deviceOf(registered.deviceKeys),
      app: APP_VERSION,
      ...(token === undefined ? {} : { token }),
      ...(share ? { share: { log: () => wholeLog(log) } } : {}),
      store: {
        ...store,
        answered: async (commandId, answer) => {
          await store.answered(commandId, answer);
          decider.answered(commandId, answer);
        },
      },
      now: Date.now,
      random: Math.random,
      surroundings: pageSurroundings(),
      onstatus: onsync,
      onwelcome: ({ member }) => onwelcome?.(member),
      onrebuild: (document) => void this.#rebuild(document),
      onfault,
    });
    this.#decider = decider;
    await this.documents.attachAll();
  }

  give(given: GivenCommand): Promise<Outcome> {
    return this.#decider.give(given);
  }

  /** Runs `work` on the loaded document; what it writes is on this device's disk within 50 ms. */
  async edit<T>(name: string, work: (doc: Doc) => T | Promise<T>): Promise<Result<T, StoreFailure>> {
    const opened = await this.documents.open(name);
    if (!opened.ok) return opened;
    try {
      return ok(await work(opened.value.doc));
    } finally {
      opened.value.release();
    }
  }

  /** The same for work that only adds records under new ids: the document is not loaded for it. */
  async add<T>(name: string, work: (doc: Doc) => T | Promise<T>): Promise<Result<T, StoreFailure>> {
    if (this.documents.isOpen(name)) return this.edit(name, work);
    return ok(await work(this.#addingTo(name)));
  }

  open(name: string): Promise<Result<OpenDocument, StoreFailure>> {
    return this.documents.open(name);
  }

  /** What this or another tab says of the database. */
  hear(message: TabMessage): void {
    if (message.kind === 'rows-added') void this.documents.catchUp(message.documents);
    if (message.kind === 'rows-taken') void this.#rebuild(message.document);
  }

  async close(): Promise<void> {
    await this.#connection?.close();
    this.#connection = null;
    for (const doc of this.#adding.values()) doc.destroy();
    this.#adding.clear();
    await this.documents.close();
  }

  #addingTo(name: string): Doc {
    const known = this.#adding.get(name);
    if (known !== undefined) return known;
    const doc = newDocument();
    onTyped(doc, (bytes) => {
      const row = this.#host.log.append(name, bytes);
      this.#connection?.push(row);
    });
    this.#adding.set(name, doc);
    return doc;
  }

  async #rebuild(document: string): Promise<void> {
    this.#adding.get(document)?.destroy();
    this.#adding.delete(document);
    await this.documents.drop(document);
    this.#host.onreplaced(document);
  }
}

function localDecider(log: UpdateLog): LocalDecider {
  const { database } = log;
  return new LocalDecider({
    exclusively: (work) => decideAlone(database, work),
    entriesAfter: (seq) => entriesAfter(database, seq),
    append: (head, entry, updates) => keepDecision(log, head, entry, updates),
    load: (document) => log.load(document),
    now: Date.now,
    salt: () =>
      Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  });
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
