import { createHash, randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows, onTyped } from '#lib/documents/replica.ts';
import { updateChecksum } from '#lib/documents/update-row.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { newId } from '#lib/domain/id.ts';
import { NO_FACTS } from '#lib/governance/approval/facts.ts';
import type { Command } from '#lib/governance/command.ts';
import type { Grant } from '#lib/governance/people/people.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { connectSync } from '#lib/sync/connect.ts';
import type { SyncConnection, SyncOptions } from '#lib/sync/connection-options.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import type { Device } from '#lib/sync/device.ts';
import { attachDocument } from '#lib/sync/presence.ts';
import type { Attachment } from '#lib/sync/presence.ts';
import type { SyncStatus } from '#lib/sync/status.ts';
import { given, localLog } from './found-log.ts';
import { MemoryStore } from './memory-store.ts';

interface PersonOptions {
  readonly url: string;
  readonly workspace: string;
  readonly device?: Device;
  readonly store?: MemoryStore;
  readonly token?: string;
  readonly log?: readonly LogEntry[];
  readonly sync?: Partial<SyncOptions>;
}

/** Somebody at a device: a store, a connection, and documents typed into. */
export class Person {
  readonly store: MemoryStore;
  readonly device: Device;
  readonly connection: SyncConnection;
  readonly statuses: SyncStatus[] = [];
  readonly rebuilds: string[] = [];
  readonly faults: unknown[] = [];
  /** Times it was said to be synced while rows here were not acknowledged. */
  lies = 0;
  member = '';
  readonly #url: string;
  readonly workspace: string;
  readonly #docs = new Map<string, Y.Doc>();
  readonly #attachments = new Map<string, Attachment>();

  private constructor(options: PersonOptions, device: Device) {
    this.store = options.store ?? new MemoryStore();
    this.device = device;
    this.#url = options.url;
    this.workspace = options.workspace;
    const { log } = options;
    this.connection = connectSync({
      url: `${options.url.replace('http', 'ws')}/sync`,
      workspace: options.workspace,
      device,
      app: 'test',
      store: this.store,
      now: Date.now,
      random: Math.random,
      ...(options.token === undefined ? {} : { token: options.token }),
      ...(log === undefined ? {} : { share: { log: () => Promise.resolve(log) } }),
      onstatus: (status) => {
        this.statuses.push(status);
        this.#check(status);
      },
      onwelcome: ({ member }) => (this.member = member),
      ondata: (document, updates) => this.#apply(document, updates),
      onrebuild: (document, why) => this.#rebuild(document, why),
      onfault: (fault) => this.faults.push(fault),
      ...options.sync,
    });
  }

  static async arrive(options: PersonOptions): Promise<Person> {
    return new Person(options, options.device ?? (await deviceOf(await newDeviceKeys())));
  }

  /** Founds a workspace on the server and waits until it stands. */
  static async found(url: string, commands: readonly Command[] = [], facts = NO_FACTS): Promise<Person> {
    const workspace = newId();
    const person = await Person.arrive({ url, workspace, log: localLog('ana', commands, facts) });
    await person.synced();
    return person;
  }

  /**
   * Joins this person's workspace by a fresh invitation, at another of its servers if one is named, and as a controller
   * unless said otherwise.
   */
  async invite(
    sync: Partial<SyncOptions> = {},
    url = this.#url,
    ...grants: readonly Partial<Grant>[]
  ): Promise<Person> {
    await this.synced();
    const { token } = await this.invitation({}, ...grants);
    const person = await Person.arrive({ url, workspace: this.workspace, token, sync });
    await person.synced();
    return person;
  }

  /** A fresh invitation, and the token that opens it. */
  async invitation(
    fields: { readonly expires?: string } = {},
    ...grants: readonly Partial<Grant>[]
  ): Promise<{ readonly id: string; readonly token: string }> {
    const id = newId();
    const token = randomBytes(32).toString('base64url');
    const tokenHash = createHash('sha256').update(token).digest('hex');
    const made = (grants.length === 0 ? [{}] : grants).map((grant) => ({ ...A_CONTROLLER, id: newId(), ...grant }));
    const expires = '2999-01-01T00:00:00.000Z';
    const invite = { kind: 'invite', id, name: 'Somebody', tokenHash, grants: made, expires, ...fields } as const;
    const answer = (await this.ask(invite)) as { readonly ok: boolean };
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return { id, token };
  }

  get status(): SyncStatus {
    return this.connection.status;
  }

  /** The document, loaded from the store; what is typed into it goes to the store and to the server. */
  doc(name = 'core'): Y.Doc {
    const open = this.#docs.get(name);
    if (open !== undefined) return open;
    const doc = newDocument();
    applyRows(doc, this.store.rows(name));
    onTyped(doc, (bytes) => {
      const row = rowOf(name, bytes);
      this.store.append(row);
      this.connection.push(row);
    });
    this.#docs.set(name, doc);
    return doc;
  }

  /** Connects the document by a stock y-websocket provider, as a page does. */
  attach(name = 'core'): Attachment {
    const doc = this.doc(name);
    const upTo = this.store.rows(name).reduce((last, row) => Math.max(last, row.serverSeq ?? 0), 0);
    const attachment = attachDocument(this.connection, name, doc, upTo);
    this.#attachments.set(name, attachment);
    return attachment;
  }

  type(key: string, value: unknown, document = 'core'): void {
    this.doc(document).getMap('entries').set(key, value);
    this.#check(this.status);
  }

  content(document = 'core'): Record<string, unknown> {
    return this.doc(document).getMap('entries').toJSON();
  }

  /** Puts a command into the outbox and gives it; resolves with the answer. */
  async ask(command: Command, id = newId()): Promise<unknown> {
    const asked = given(command, this.member, id);
    this.store.commands.set(id, asked);
    this.connection.give(asked);
    await until(() => this.store.answers.has(id));
    return this.store.answers.get(id);
  }

  synced(): Promise<void> {
    return until(
      () => this.status.kind === 'synced',
      () => JSON.stringify([this.status, this.faults.map(String)]),
    );
  }

  async leave(): Promise<void> {
    for (const attachment of this.#attachments.values()) attachment.detach();
    await this.connection.close();
  }

  #check({ kind }: SyncStatus): void {
    if (kind === 'synced' && this.store.hasUnacknowledged) this.lies += 1;
  }

  /** Documents without a provider are fed by hand, as the store's reader does. */
  #apply(name: string, updates: readonly Uint8Array[]): void {
    const doc = this.#docs.get(name);
    if (doc === undefined || this.#attachments.has(name)) return;
    applyRows(
      doc,
      updates.map((bytes) => ({ bytes, format: 'v1' as const })),
    );
  }

  #rebuild(name: string, why: string): void {
    this.rebuilds.push(`${name}: ${why}`);
    this.#attachments.get(name)?.detach();
    this.#docs.delete(name);
    if (this.#attachments.delete(name)) this.attach(name);
  }
}

const A_CONTROLLER: Omit<Grant, 'id'> = { role: 'controller', areas: null, from: null, until: null, limit: null };

export function rowOf(document: string, bytes: Uint8Array): UpdateRow {
  return {
    key: newId(),
    document,
    bytes,
    format: 'v1',
    checksum: updateChecksum(bytes, 'v1'),
    state: 'unacknowledged',
    serverSeq: null,
    author: null,
  };
}

export async function until(
  isSo: () => boolean,
  what: () => string = () => 'what was waited for',
  ms = 15_000,
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`Not within ${ms} ms: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
