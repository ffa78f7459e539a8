/** The documents that one device has open. */
import { nameFromText } from '#lib/documents/document-name.ts';
import type { Access } from '#lib/governance/rights/access.ts';
import { encodeServer, inWordsOf, LIMITS } from '#lib/sync/protocol.ts';
import type { ClientMessage, NackReason, ServerMessage } from '#lib/sync/protocol.ts';
import type { OpenDocument } from '../workspace/open-document.ts';
import { mayReceive, refusalToWrite } from '../workspace/standing.ts';
import type { Right } from '../workspace/standing.ts';
import type { Room } from '../workspace/room.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { Channel } from './channel.ts';
import type { Welcomed } from './greeting.ts';
import type { Outgoing } from './outgoing.ts';

/** What a member may do, and the epoch in which that was judged. */
export interface Judged {
  readonly access: Access;
  readonly epoch: number;
}

type Of<K extends ClientMessage['kind']> = Extract<ClientMessage, { kind: K }>;

export interface ChannelDeskOptions {
  readonly rooms: Rooms;
  readonly room: Room;
  readonly welcomed: Welcomed;
  readonly outgoing: Outgoing;
  /** What the member may do, as things stand. */
  readonly judged: () => Judged;
  /** Stops and resumes reading from the device. */
  readonly pause: (paused: boolean) => void;
  readonly onstuck: () => void;
}

/** Bytes of rows waiting for their commit above which the device is not read, and below which it is again. */
const MANY_BYTES = 4 * 1024 * 1024;
const FEW_BYTES = 1024 * 1024;
const STUCK_AFTER_MS = 30_000;

export class ChannelDesk {
  readonly #options: ChannelDeskOptions;
  /** Null while the document is being looked up. */
  readonly #channels = new Map<number, Channel | null>();
  #waitingBytes = 0;
  #isPaused = false;

  constructor(options: ChannelDeskOptions) {
    this.#options = options;
  }

  has(document: string): boolean {
    return this.#channels.values().some((channel) => channel?.documentName === document);
  }

  /** False when the device does not count as agreed. */
  async open({ channel, document: name, incarnation, since }: Of<'open'>): Promise<boolean> {
    if (this.#channels.has(channel) || this.#channels.size >= LIMITS.channels) return false;
    if (nameFromText(name) === null) {
      this.#closed(channel, 'not-allowed');
      return true;
    }
    if (!this.#mayReceive(name)) {
      this.#closed(channel, 'revoked');
      return true;
    }
    this.#channels.set(channel, null);
    const document = await this.#options.room.document(name);
    const isKnown = incarnation === document.incarnation;
    // What is on the disk can be read a moment before it is told here that it was written.
    if (isKnown && since > document.head) await this.#options.room.refresh(document);
    // Rights may have changed while it was looked up.
    const objection = !this.#mayReceive(name) ? 'revoked' : isKnown && since > document.head ? 'behind' : null;
    if (!this.#channels.has(channel) || objection !== null) {
      if (this.#channels.delete(channel)) this.#closed(channel, objection ?? 'asked');
      this.#options.room.release(document);
      return true;
    }
    const opened = this.#newChannel(channel, document, isKnown ? since : 0);
    this.#channels.set(channel, opened);
    opened.start();
    return true;
  }

  close({ channel }: Of<'close'>): void {
    const open = this.#channels.get(channel);
    this.#channels.delete(channel);
    if (open instanceof Channel) {
      // While it was open here the device was not told that the document changed: the rows were to come by the channel.
      const { unsent } = open;
      open.end('asked');
      if (unsent !== null) {
        this.#options.outgoing.send(encodeServer({ kind: 'heads', heads: [unsent], complete: true }));
      }
    } else if (open === null) this.#closed(channel, 'asked');
  }

  /** False when the device does not count as agreed. What comes for a channel that has ended is let go by. */
  data(message: Of<'data'>): boolean {
    return this.#channels.get(message.channel)?.receive(message) ?? true;
  }

  presence({ channel, states }: Of<'presence'>): void {
    if (!this.#options.rooms.letsGo('presence')) this.#channels.get(channel)?.speak(states);
  }

  /** Rights have changed: what may no longer be read is closed, the rest is judged anew. */
  judge(): void {
    for (const [number, channel] of [...this.#channels]) {
      if (channel === null) continue;
      if (this.#mayReceive(channel.documentName)) channel.judge(this.#rightTo(channel.documentName));
      else {
        this.#channels.delete(number);
        channel.revoke();
      }
    }
  }

  closeAll(): void {
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    for (const channel of channels) channel?.end(null);
  }

  #newChannel(channel: number, document: OpenDocument, since: number): Channel {
    const { rooms, room, welcomed, outgoing, onstuck } = this.#options;
    const { storage, now, log, stuckAfterMs = STUCK_AFTER_MS } = rooms.surroundings;
    const options = {
      channel,
      workspace: room.workspace,
      document,
      author: { member: welcomed.member, device: welcomed.device },
      outgoing,
      protocol: welcomed.protocol,
      now,
      onstuck,
      stuckAfterMs,
      read: (after: number, maxBytes: number) => storage.rows(room.workspace, document.name, after, maxBytes),
      submit: rooms.committer.submit.bind(rooms.committer),
      onwaiting: (bytes: number) => this.#waiting(bytes),
      onstale: () => room.renew(document),
      onrefused: (reason: NackReason) => rooms.figures.refused(reason),
      onend: () => {
        this.#channels.delete(channel);
        room.release(document);
      },
      onfault: (cause: unknown) => log(`${document.name} cannot be read.`, cause),
    };
    return new Channel(options, this.#rightTo(document.name), since);
  }

  #mayReceive(name: string): boolean {
    return mayReceive(this.#options.judged().access, name);
  }

  #rightTo(name: string): Right {
    const { access, epoch } = this.#options.judged();
    return { refusal: refusalToWrite(access, name), epoch };
  }

  /** A device that sends faster than can be written is read more slowly. */
  #waiting(bytes: number): void {
    this.#waitingBytes += bytes;
    const pause = this.#waitingBytes > (this.#isPaused ? FEW_BYTES : MANY_BYTES);
    if (pause === this.#isPaused) return;
    this.#isPaused = pause;
    this.#options.pause(pause);
  }

  #closed(channel: number, reason: Extract<ServerMessage, { kind: 'closed' }>['reason']): void {
    const { outgoing, welcomed } = this.#options;
    outgoing.send(encodeServer({ kind: 'closed', channel, reason: inWordsOf(welcomed.protocol, reason) }));
  }
}
