/** What one schedule plays on: a network, a disk, a server, a workspace and the people in it. */
import { openSqlite } from '#server/storage/sqlite.ts';
import type { SqliteStorage } from '#server/storage/sqlite.ts';
import type { Storage } from '#server/storage/storage.ts';
import type { Device } from '#lib/sync/device.ts';
import { newId } from '#lib/domain/id.ts';
import type { Command } from '#lib/governance/command.ts';
import { deviceId } from '#server/wire/device-key.ts';
import { given, localLog } from '#tests/sync/support/found-log.ts';
import { Person } from '#tests/sync/support/person.ts';
import { Disk } from './disk.ts';
import { time } from './install.ts';
import { SimulatedNetwork } from './network.ts';
import type { Way } from './network.ts';
import { SimulatedServer } from './server.ts';
import { SlowStore } from './slow-store.ts';

/** Somebody at a device on a way of their own to the server. */
export interface Player {
  readonly name: string;
  readonly person: Person;
  readonly store: SlowStore;
  readonly way: Way;
  readonly clockOffMs: number;
  /** Its app is of the version before. */
  readonly isOld: boolean;
}

/** Something typed: where, and under which key of the document. */
export interface Typed {
  readonly document: string;
  readonly key: string;
  readonly row: string;
  /** The store it waits in; whoever loses that loses what was not acknowledged. */
  readonly store: SlowStore;
  readonly isForged: boolean;
  /** Whether it stands in somebody's document. */
  readonly standsAt: (person: Person) => boolean;
}

export class Ground {
  readonly storage: SqliteStorage;
  readonly network: SimulatedNetwork;
  readonly disk: Disk;
  readonly server: SimulatedServer;
  readonly fired = new Map<string, number>();
  readonly log: string[] = [];
  readonly players: Player[] = [];
  readonly typed: Typed[] = [];
  readonly acknowledged = new Set<string>();
  /** Commands that were given, and the store whose outbox they wait in. */
  readonly asked: { readonly command: string; readonly member: string; readonly store: SlowStore }[] = [];
  /** By member, the grant to write everything; null while it is taken away. */
  readonly grants = new Map<string, string | null>();
  /** Devices that were signed out and have not signed in again. */
  readonly signedOut = new Set<string>();
  /** Expense id to how many commands that post it were given. */
  readonly posted = new Map<string, { readonly command: string; readonly store: SlowStore }[]>();
  /** Times that somebody was told to be synced while they were not. */
  lies = 0;
  #founder: Player | null = null;

  /** `spoil` puts a mistake into the storage, for the self-test. */
  constructor(spoil: (storage: Storage) => Storage) {
    this.storage = openSqlite(':memory:');
    this.network = new SimulatedNetwork(time.random);
    this.disk = new Disk({
      random: time.random,
      onkill: () => this.kill(),
      onfired: (fault) => this.note(fault),
    });
    this.server = new SimulatedServer({
      storage: this.storage,
      spoil,
      disk: this.disk,
      network: this.network,
      log: (line, cause) => this.log.push(`${line} ${cause instanceof Error ? cause.message : ''}`),
    });
    globalThis.WebSocket = this.network.webSocketClass();
    this.server.start();
  }

  get founder(): Player {
    if (this.#founder === null) throw new Error('nobody has founded the workspace');
    return this.#founder;
  }

  note(fault: string): void {
    this.fired.set(fault, (this.fired.get(fault) ?? 0) + 1);
  }

  kill(): void {
    if (this.server.isUp) this.server.kill();
  }

  async found(): Promise<void> {
    const name = 'p0.sim';
    const store = new SlowStore();
    const as = { url: `http://${name}`, workspace: newId(), log: localLog('ana'), store };
    const person = await Person.arrive({ ...as, device: newDevice() });
    await person.synced();
    this.#founder = this.#watch({ name, person, store, way: this.network.way(name), clockOffMs: 0, isOld: false });
  }

  /** A new member on a new device. */
  async join(clockOffMs = 0, isOld = false): Promise<Player> {
    const writing = newId();
    const { token } = await this.founder.person.invitation({}, { id: writing }, { role: 'viewer' });
    const player = await this.enter({ token, clockOffMs, isOld });
    await player.person.synced();
    this.grants.set(player.person.member, writing);
    return player;
  }

  /** A device comes in, by a token or as one that is known, with what its store holds. */
  async enter(as: {
    readonly token?: string;
    readonly device?: Device;
    readonly store?: SlowStore;
    readonly name?: string;
    readonly clockOffMs?: number;
    readonly isOld?: boolean;
  }): Promise<Player> {
    const name = as.name ?? `p${this.network.ways.length}.sim`;
    const { store = new SlowStore(), device = newDevice(), clockOffMs = 0, isOld = false, token } = as;
    const person = await Person.arrive({
      url: `http://${name}`,
      workspace: this.founder.person.workspace,
      store,
      device,
      ...(token === undefined ? {} : { token }),
      sync: { now: () => Date.now() + clockOffMs, ...(isOld ? { WebSocket: this.network.oldWebSocketClass() } : {}) },
    });
    return this.#watch({ name, person, store, way: this.network.way(name), clockOffMs, isOld });
  }

  /** The device is not here any more; what it had is kept in its store, if anybody keeps that. */
  async goes(player: Player): Promise<void> {
    this.players.splice(this.players.indexOf(player), 1);
    this.lies += player.person.lies;
    await player.person.leave();
  }

  /** Ends the session of the player's device. False when it had none. */
  async signOut({ person }: Player): Promise<boolean> {
    const id = deviceId(person.device.publicKey);
    const session = await this.storage.accounts.sessionOfDevice(id);
    if (session === null || session.endedAt !== null) return false;
    await this.storage.accounts.endSession(session.account, session.id, new Date().toISOString());
    this.signedOut.add(id);
    return true;
  }

  /** Everybody who was signed out signs in again, and may write again who might not. */
  async makeGood(): Promise<void> {
    const { accounts } = this.storage;
    for (const device of this.signedOut) {
      const last = await accounts.sessionOfDevice(device);
      if (last === null) continue;
      const session = { id: newId(), device, name: '', createdAt: new Date().toISOString() };
      await accounts.startSession({ ...session, account: last.account });
    }
    this.signedOut.clear();
    for (const [member, grant] of this.grants) if (grant === null) this.grantAgain(member);
  }

  /** The founder takes the right to write away from a member, or gives it back. */
  revoke(member: string, grant: string): void {
    this.grants.set(member, null);
    this.give(this.founder, { kind: 'revoke-grant', member, grant });
  }

  grantAgain(member: string): void {
    const grant = { id: newId(), role: 'controller', areas: null, from: null, until: null, limit: null } as const;
    this.grants.set(member, grant.id);
    this.give(this.founder, { kind: 'grant', member, grant });
  }

  /** Into the outbox and on its way; `by` is whoever the command says gave it. */
  give({ person, store }: Player, command: Command, id = newId(), by = person.member): boolean {
    if (person.member === '') return false;
    const asked = given(command, by, id);
    store.commands.set(id, asked);
    person.connection.give(asked);
    this.asked.push({ command: id, member: person.member, store });
    return true;
  }

  #watch(player: Player): Player {
    player.store.onacknowledged = (document, key) => this.acknowledged.add(`${document} ${key}`);
    this.players.push(player);
    return player;
  }
}

/** A device whose key is a name only: in a simulation every proof holds. */
function newDevice(): Device {
  return {
    publicKey: crypto.getRandomValues(new Uint8Array(65)),
    sign: () => Promise.resolve(new Uint8Array(64)),
  };
}
