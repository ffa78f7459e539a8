/** One open workspace: what its pages read, and the one place through which they write. */
import type { Doc } from '#lib/documents/new-document.ts';
import type { Author } from '#lib/documents/record-layout.ts';
import { newId } from '#lib/domain/id.ts';
import type { Result } from '#lib/domain/result.ts';
import type { RememberedChain } from '#lib/governance/audit/remembered.ts';
import type { Command } from '#lib/governance/command.ts';
import type { Database } from '#lib/store/database.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import type { Overview } from '#lib/store/overview.ts';
import type { RegisteredWorkspace } from '#lib/store/registry.ts';
import { rememberChain, rememberedChain } from '#lib/store/remembered-chain.ts';
import { storedOverview } from '#lib/store/stored-overview.ts';
import type { TabMessage } from '#lib/store/tabs.ts';
import { UpdateLog, type SaveStatus } from '#lib/store/update-log.ts';
import type { Sending } from '#lib/sync/receipt-queue.ts';
import type { SyncStatus } from '#lib/sync/status.ts';
import type { Collaboration } from './collaboration.ts';
import { givenCommand, type Outcome } from './decider.ts';
import type { OpenDocument } from './open-documents.ts';
import { openReader, type Reader } from './reader.ts';
import { readReference, type Reference } from './reference.ts';
import { rightsOf, type Rights } from './rights.ts';
import type { Line } from './server-line.ts';

const LOCAL: SyncStatus = { kind: 'local', pending: 0, retryAt: null, lastAckAt: null, reason: null };

export class Workspace {
  readonly id: string;
  readonly log: UpdateLog;
  /** Questions about rows and totals, answered by the projection worker. */
  readonly reader: Reader;
  readonly newId = newId;
  #registered = $state.raw<RegisteredWorkspace>() as RegisteredWorkspace;
  #saved = $state.raw<SaveStatus>({ kind: 'saved' });
  #sync = $state.raw<SyncStatus>(LOCAL);
  #projected = $state(0);
  #replaced = $state(0);
  #chain = $state.raw<RememberedChain | null>(null);
  #sending = $state.raw<ReadonlyMap<string, Sending>>(new Map());
  #faults = $state.raw<readonly unknown[]>([]);
  #reference = $state.raw<Reference | null>(null);
  readonly #rights = $derived(
    this.#reference === null ? null : rightsOf(this.#reference, this.member, this.nowIso().slice(0, 10)),
  );
  #overview = $state.raw<Overview | null>();
  #access: { readonly token: string; readonly expiresAt: string } | null = null;
  #collaboration: Promise<Collaboration> | null = null;
  /** The rights for which it was seen to that nothing is here which they do not reach. */
  #forgotFor = '';
  /** Until it is there, nobody decides: in a shared workspace never this device. */
  #connecting: Promise<void> = Promise.resolve();

  constructor(registered: RegisteredWorkspace, database: Database) {
    this.id = registered.id;
    this.#registered = registered;
    this.log = new UpdateLog(database, {
      newId,
      page: window,
      onstatus: (status) => (this.#saved = status),
      onmessage: (message) => this.#hear(message),
    });
    this.reader = openReader(registered.database, {
      isShared: registered.kind === 'shared',
      onchange: () => void this.#refresh(),
      onfault: (fault) => this.#note(fault),
    });
  }

  get registered(): RegisteredWorkspace {
    return this.#registered;
  }

  /** Who the person at this device is. */
  get member(): string {
    return this.#registered.memberId;
  }

  /** How the newest change stands on this device's disk. */
  get saved(): SaveStatus {
    return this.#saved;
  }

  get sync(): SyncStatus {
    return this.#sync;
  }

  /** What this device remembers of the server's audit chain, and what it found wrong with it. */
  get chain(): RememberedChain | null {
    return this.#chain;
  }

  /** Receipts that are on their way to the server, or that it refused, by their hash. */
  get sending(): ReadonlyMap<string, Sending> {
    return this.#sending;
  }

  /** Grows with every change of rows or totals: read it in a question to have it asked again. */
  get projected(): number {
    return this.#projected;
  }

  /** Grows when an open document was replaced: read it where documents are opened. */
  get replaced(): number {
    return this.#replaced;
  }

  /** What could not happen and did, for the page to tell. */
  get faults(): readonly unknown[] {
    return this.#faults;
  }

  /** What names everything here; null until it has been read. */
  get reference(): Reference | null {
    return this.#reference;
  }

  /** What the person at this device may do; null until it is known. */
  get rights(): Rights | null {
    return this.#rights;
  }

  /** The figures of the first screen; undefined until read, null while there are none. */
  get overview(): Overview | null | undefined {
    return this.#overview;
  }

  /** What this device shows its server over HTTP; null while there is none that lasts. */
  accessToken(now: number): string | null {
    const { token, expiresAt } = this.#access ?? { token: null, expiresAt: '' };
    return this.#sync.kind !== 'sign-in' && now < Date.parse(expiresAt) ? token : null;
  }

  /** What others see of a member. */
  nameOf(member: string | null): string {
    if (member === null) return 'Somebody';
    const name = this.#reference?.people.find(({ id }) => id === member)?.name;
    return name ?? (member === this.member ? 'You' : 'Somebody');
  }

  /** Starts listening, and reads what the first screen shows: one record, before anything else is loaded. */
  async open(): Promise<void> {
    this.log.open();
    this.#overview = await storedOverview(this.log.database);
    this.#chain = await rememberedChain(this.log.database);
    void this.#refresh();
    if (this.#registered.kind === 'shared' && this.member !== '') this.#connecting = this.connect();
  }

  nowIso(): string {
    return new Date().toISOString();
  }

  author(): Author {
    return { member: this.member, at: this.nowIso() };
  }

  /** Asks for a decision. In a shared workspace without a connection it waits, and says so. */
  async give(command: Command): Promise<Outcome> {
    await this.#connecting;
    const collaboration = await this.collaboration();
    return collaboration.give(givenCommand(command, { by: this.member, now: Date.now, newId }));
  }

  async edit<T>(document: string, work: (doc: Doc) => T | Promise<T>): Promise<Result<T, StoreFailure>> {
    return (await this.collaboration()).edit(document, work);
  }

  /** For work that only adds records under new ids: fast, however large the document. */
  async add<T>(document: string, work: (doc: Doc) => T | Promise<T>): Promise<Result<T, StoreFailure>> {
    return (await this.collaboration()).add(document, work);
  }

  async document(name: string): Promise<Result<OpenDocument, StoreFailure>> {
    return (await this.collaboration()).open(name);
  }

  /** Connects a shared workspace, or one that is being shared or joined now: it is shared once the server welcomes it. */
  async connect(line: Partial<Line> = {}): Promise<void> {
    const registered = line.registered ?? this.#registered;
    const collaboration = await this.collaboration();
    await collaboration.connect({
      ...line,
      registered,
      onwelcome: (member) => {
        this.#registered = registered;
        void this.reader.shared();
        line.onwelcome?.(member);
      },
    });
  }

  /** Takes back a connection that came to nothing: the workspace is as local as it was. */
  async disconnect(): Promise<void> {
    await (await this.collaboration()).disconnect();
    this.#sync = LOCAL;
  }

  /** Connects now instead of when the pause is over. */
  async tryNow(): Promise<void> {
    (await this.collaboration()).connection?.tryNow();
  }

  /** The person has read what was found wrong with the server's history. It stays on the page of the audit trail. */
  async findingsRead(): Promise<void> {
    const before = await rememberedChain(this.log.database);
    if (before === null) return;
    const read = { ...before, findings: before.findings.map((finding) => ({ ...finding, isKnown: true })) };
    if (await rememberChain(this.log.database, before, read)) this.#chain = read;
  }

  collaboration(): Promise<Collaboration> {
    this.#collaboration ??= this.#loadCollaboration();
    return this.#collaboration;
  }

  /** Writes what is held and lets go of worker, socket and database. */
  async close(): Promise<void> {
    if (this.#collaboration !== null) await (await this.#collaboration).close();
    await this.log.close();
    await this.reader.close();
    this.log.database.close();
  }

  async #loadCollaboration(): Promise<Collaboration> {
    const { Collaboration } = await import('./collaboration.ts');
    return new Collaboration({
      log: this.log,
      onaccess: (access) => (this.#access = access),
      onsync: (status) => {
        this.#sync = status;
        void this.#forgetUnreadable();
      },
      onsending: (sending) => (this.#sending = sending),
      onchain: (remembered) => (this.#chain = remembered),
      onreplaced: () => (this.#replaced += 1),
      onfault: (fault) => this.#note(fault),
    });
  }

  /** Reads what changed; the newest answers win. */
  async #refresh(): Promise<void> {
    this.#projected += 1;
    const asked = this.#projected;
    const [reference, overview] = await Promise.all([readReference(this.reader), this.reader.overview()]);
    if (asked !== this.#projected) return;
    if (reference !== null) this.#reference = reference;
    this.#overview = overview;
    void this.#forgetUnreadable();
  }

  /** Once after every change of rights, when everything that the server told of is here. */
  async #forgetUnreadable(): Promise<void> {
    const { kind, reason } = this.#sync;
    const extent = reason === 'no-role' ? reason : this.#rights?.extent;
    const isSure = kind === 'synced' || reason === 'no-role';
    if (extent === undefined || extent === this.#forgotFor || !isSure) return;
    this.#forgotFor = extent;
    try {
      const collaboration = await this.collaboration();
      const { line } = collaboration;
      const { forgetUnreadable } = await import('./forget-unreadable.ts');
      const { log, reader, member } = this;
      const gone = line && (await forgetUnreadable({ log, reader, member, line }));
      if (gone === null) this.#forgotFor = '';
      for (const document of gone ?? []) collaboration.hear({ kind: 'rows-taken', document });
    } catch (fault) {
      this.#forgotFor = '';
      this.#note(fault);
    }
  }

  #note(fault: unknown): void {
    console.error(fault);
    this.#faults = [...this.#faults, fault];
  }

  #hear(message: TabMessage): void {
    void this.#collaboration?.then((collaboration) => collaboration.hear(message));
  }
}
