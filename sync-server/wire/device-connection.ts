/** One device, from the welcome until its socket closes. */
import { CLOSE, encodeServer } from '#lib/sync/protocol.ts';
import type { ClientMessage, Head, ServerMessage } from '#lib/sync/protocol.ts';
import type { WriteState } from '../workspace/committer.ts';
import { createLink, listLinks, revokeLink } from '../workspace/invitations.ts';
import type { Room, Visitor } from '../workspace/room.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { ChannelDesk } from './channel-desk.ts';
import type { Welcomed } from './greeting.ts';
import type { Outgoing } from './outgoing.ts';

type Of<K extends ClientMessage['kind']> = Extract<ClientMessage, { kind: K }>;

export interface DeviceConnectionOptions {
  readonly rooms: Rooms;
  readonly welcomed: Welcomed;
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

  constructor(options: DeviceConnectionOptions) {
    this.#options = options;
    const { rooms, welcomed, outgoing, pause, close } = options;
    this.#room = rooms.room(welcomed.workspace.id);
    this.#room.enter(this);
    this.#desk = new ChannelDesk({
      rooms,
      room: this.#room,
      welcomed,
      outgoing,
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
    const heads = await surroundings.storage.heads(this.#room.workspace);
    for (let from = 0; from === 0 || from < heads.length; from += HEADS_A_FRAME) {
      const part = heads.slice(from, from + HEADS_A_FRAME);
      this.#send({ kind: 'heads', heads: part, complete: from + HEADS_A_FRAME >= heads.length });
    }
  }

  changed(heads: readonly Head[]): void {
    const unseen = heads.filter(({ document }) => !this.#desk.has(document));
    if (unseen.length > 0) this.#send({ kind: 'heads', heads: unseen, complete: true });
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
      case 'link':
        this.#attempt(() => this.#link(message));
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

  async #link({ request, action, link }: Of<'link'>): Promise<void> {
    const { surroundings } = this.#options.rooms;
    const { workspace } = this.#room;
    const { member } = this.#options.welcomed;
    const answer = await (action === 'create'
      ? createLink(surroundings, workspace, member)
      : action === 'revoke'
        ? revokeLink(surroundings, workspace, link, member)
        : listLinks(surroundings, workspace));
    if (action === 'revoke' && answer.ok) this.#options.rooms.revoked(workspace, link);
    this.#send({ kind: 'linked', request, answer: JSON.stringify(answer) });
  }

  /** A request that fails ends the connection: the device comes back and asks again. */
  #attempt(work: () => Promise<void>): void {
    work().catch((cause: unknown) => {
      this.#options.rooms.surroundings.log('A request failed.', cause);
      this.#options.close('storageTrouble');
    });
  }

  #tellState(state: WriteState): void {
    // To a device it is one whether the disk does not write or nobody answers.
    this.#send({ kind: 'trouble', state: state === 'unreachable' ? 'storage-failed' : state });
  }

  #send(message: ServerMessage): void {
    this.#options.outgoing.send(encodeServer(message));
  }
}
