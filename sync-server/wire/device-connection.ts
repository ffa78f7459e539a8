/** One device, from the welcome until its socket closes. */
import { CLOSE, encodeServer } from '#lib/sync/protocol.ts';
import { access, hasRole } from '#lib/governance/rights/access.ts';
import type { ClientMessage, Head, ServerMessage } from '#lib/sync/protocol.ts';
import type { WriteState } from '../workspace/committer.ts';
import type { Room, Visitor } from '../workspace/room.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { mayReceive } from '../workspace/standing.ts';
import type { Standing } from '../workspace/standing.ts';
import type { Storage } from '../storage/storage.ts';
import { ChannelDesk } from './channel-desk.ts';
import type { Judged } from './channel-desk.ts';
import type { Welcomed } from './greeting.ts';
import type { Outgoing } from './outgoing.ts';

type Of<K extends ClientMessage['kind']> = Extract<ClientMessage, { kind: K }>;

export interface DeviceConnectionOptions {
  readonly rooms: Rooms;
  readonly welcomed: Welcomed;
  /** Who may do what in the workspace when the device came in. */
  readonly standing: Standing;
  readonly outgoing: Outgoing;
  readonly pause: (paused: boolean) => void;
  readonly close: (code: keyof typeof CLOSE) => void;
}

const HEADS_A_FRAME = 500;

export class DeviceConnection implements Visitor {
  readonly #options: DeviceConnectionOptions;
  readonly #room: Room;
  readonly #desk: ChannelDesk;
  readonly #stopStates: () => void;
  #standing: Standing;
  #judged: Judged;

  constructor(options: DeviceConnectionOptions) {
    this.#options = options;
    const { rooms, welcomed, standing, outgoing, pause, close } = options;
    this.#standing = standing;
    this.#judged = judgedBy(standing, welcomed.member);
    this.#room = rooms.room(welcomed.workspace.id);
    this.#room.enter(this);
    this.#desk = new ChannelDesk({
      rooms,
      room: this.#room,
      welcomed,
      outgoing,
      judged: () => this.#judged,
      pause,
      onstuck: () => close('tooSlow'),
    });
    this.#stopStates = rooms.onState((state) => this.#tellState(state));
  }

  /** Tells which documents there are and where their logs end. */
  async start(): Promise<void> {
    const { committer, surroundings } = this.#options.rooms;
    if (committer.state !== 'writable') this.#tellState(committer.state);
    await this.#room.listening();
    await this.#tellHeads(surroundings.storage);
  }

  async #tellHeads(storage: Storage): Promise<void> {
    const heads = this.#readable(await storage.heads(this.#room.workspace));
    for (let from = 0; from === 0 || from < heads.length; from += HEADS_A_FRAME) {
      const part = heads.slice(from, from + HEADS_A_FRAME);
      this.#send({ kind: 'heads', heads: part, complete: from + HEADS_A_FRAME >= heads.length });
    }
  }

  changed(heads: readonly Head[]): void {
    const unseen = this.#readable(heads).filter(({ document }) => !this.#desk.has(document));
    if (unseen.length > 0) this.#send({ kind: 'heads', heads: unseen, complete: true });
  }

  /** Rights have changed. Whoever has none left goes; others are told of what they may read by now. */
  stands(standing: Standing): void {
    const before = this.#standing;
    this.#standing = standing;
    this.#judged = judgedBy(standing, this.#options.welcomed.member);
    this.#desk.judge();
    if (isSameFor(this.#options.welcomed.member, before, standing)) return;
    if (!hasRole(this.#judged.access)) this.#options.close('noRole');
    else this.#attempt(() => this.#tellHeads(this.#options.rooms.surroundings.storage));
  }

  receive(message: ClientMessage): void {
    switch (message.kind) {
      case 'open':
        this.#attempt(async () => {
          if (!(await this.#desk.open(message))) this.#options.close('badFrame');
        });
        return;
      case 'close':
        this.#desk.close(message);
        return;
      case 'data':
        if (!this.#desk.data(message)) this.#options.close('badFrame');
        return;
      case 'presence':
        this.#desk.presence(message);
        return;
      case 'command':
        this.#attempt(() => this.#command(message));
        return;
      case 'ping':
        this.#send({ kind: 'pong', echo: message.echo });
        return;
      case 'hello':
      case 'proof':
      case 'found':
        this.#options.close('badFrame');
    }
  }

  /** The socket has closed. */
  gone(): void {
    this.#stopStates();
    this.#desk.closeAll();
    this.#room.leave(this);
    this.#options.rooms.release(this.#room);
  }

  async #command({ given }: Of<'command'>): Promise<void> {
    const { rooms, welcomed, close } = this.#options;
    // Unanswered commands stay in the device's outbox; it sends them again once writing works.
    if (rooms.committer.state !== 'writable') return;
    const answered = await rooms.deciders.of(this.#room.workspace).give(given, welcomed.member);
    if (answered === null) {
      close('badFrame');
      return;
    }
    // Before the answer, so that the device is not in step again until it has what follows from its command.
    await this.#room.caughtUp();
    this.#room.tellNow(this);
    this.#send({ kind: 'answer', ...answered });
  }

  /** A request that fails ends the connection: the device comes back and asks again. */
  #attempt(work: () => Promise<void>): void {
    work().catch((cause: unknown) => {
      const { rooms, welcomed } = this.#options;
      const { device } = welcomed;
      rooms.surroundings.log('A request failed.', cause, { workspace: this.#room.workspace, device });
      this.#options.close('storageTrouble');
    });
  }

  #readable(heads: readonly Head[]): readonly Head[] {
    return heads.filter(({ document }) => mayReceive(this.#judged.access, document));
  }

  #tellState(state: WriteState): void {
    // To a device it is one whether the disk does not write or nobody answers.
    this.#send({ kind: 'trouble', state: state === 'unreachable' ? 'storage-failed' : state });
  }

  #send(message: ServerMessage): void {
    this.#options.outgoing.send(encodeServer(message));
  }
}

function judgedBy({ people, epoch, today }: Standing, member: string): Judged {
  return { access: access(people, member, today), epoch };
}

/** Whether nothing changed for this member: others come and go while hundreds are here. */
function isSameFor(member: string, before: Standing, after: Standing): boolean {
  return (
    before.today === after.today &&
    before.people.members.get(member) === after.people.members.get(member) &&
    // What was delegated follows the rights of others.
    before.people.delegations === after.people.delegations &&
    after.people.delegations.size === 0
  );
}
