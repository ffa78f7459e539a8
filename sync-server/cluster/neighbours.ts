/** The other servers on the same database: what they write is passed on here, and who is there is told both ways. */
import type { Changes } from '../storage/postgres-position.ts';
import type { SharedStorage } from '../storage/postgres.ts';
import type { Speaker } from '../workspace/presence.ts';
import type { Elsewhere, Room } from '../workspace/room.ts';
import { Follower } from './follower.ts';
import type { Letter } from './letters.ts';
import type { Post } from './post.ts';

/** What a server needs to be one of several. */
export interface Shared {
  readonly storage: SharedStorage;
  /** How servers wake each other; null when they only look for themselves. */
  readonly post: Post | null;
  /** This server's name among them. */
  readonly server: string;
}

export interface NeighboursOptions extends Shared {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly onchanges: (changes: Changes) => void;
  readonly onfault: (cause: unknown) => void;
}

/** Somebody connected to another server, in one document. */
interface Voice {
  readonly speaker: Speaker;
  readonly workspace: string;
  readonly document: string;
}

const SWEEP_EVERY_MS = 1000;
/** A server that says nothing for so long is gone, and with it whoever was connected there. */
const SILENCE_MS = 5000;

export class Neighbours {
  readonly #options: NeighboursOptions;
  readonly #follower: Follower;
  /** By server, then by document and device. */
  readonly #voices = new Map<string, Map<string, Voice>>();
  readonly #heardAt = new Map<string, number>();
  readonly #sweeping: NodeJS.Timeout;

  constructor(options: NeighboursOptions) {
    this.#options = options;
    this.#follower = new Follower(options);
    this.#sweeping = setInterval(() => this.#sweep(), SWEEP_EVERY_MS).unref();
    options.post?.listen(
      (letter) => this.#receive(letter),
      () => this.#returned(),
    );
  }

  /** The same workspace on the other servers, as its room here sees it. */
  elsewhere(workspace: string): Elsewhere {
    const { server } = this.#options;
    return {
      listening: () => this.#follower.follow(workspace),
      opened: (document) => this.#send({ kind: 'who', from: server, workspace, document }),
      present: (document, device, states) => this.#present(workspace, document, device, states),
    };
  }

  /** Nobody is connected to the workspace here any more. */
  left(workspace: string): void {
    this.#follower.unfollow(workspace);
  }

  /** Something was committed here. */
  committed(workspaces: readonly string[]): void {
    this.#send({ kind: 'changed', from: this.#options.server, workspaces: [...workspaces] });
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    await this.#follower.close();
    this.#options.post?.close();
  }

  #send(letter: Letter): void {
    this.#options.post?.send(letter);
  }

  #present(workspace: string, document: string, device: string, states: Uint8Array): void {
    const text = Buffer.from(states).toString('base64');
    this.#send({ kind: 'present', from: this.#options.server, workspace, document, device, states: text });
  }

  #receive(letter: Letter): void {
    this.#heardAt.set(letter.from, performance.now());
    switch (letter.kind) {
      case 'here':
        return;
      case 'changed':
        if (letter.workspaces.some((workspace) => this.#follower.has(workspace))) this.#follower.look();
        return;
      case 'who': {
        const open = this.#options.rooms.get(letter.workspace)?.opened(letter.document);
        for (const { device, states } of open?.presenceHere() ?? []) {
          this.#present(letter.workspace, letter.document, device, states);
        }
        return;
      }
      case 'present': {
        const { speaker, workspace, document } = this.#voiceOf(letter);
        const open = this.#options.rooms.get(workspace)?.opened(document);
        open?.presentElsewhere(speaker, Buffer.from(letter.states, 'base64'));
      }
    }
  }

  #voiceOf({ from, workspace, document, device }: Extract<Letter, { kind: 'present' }>): Voice {
    const ofServer = this.#voices.get(from) ?? new Map<string, Voice>();
    this.#voices.set(from, ofServer);
    const key = [workspace, document, device].join('\n');
    const voice = ofServer.get(key) ?? { speaker: { device }, workspace, document };
    ofServer.set(key, voice);
    return voice;
  }

  /** Letters arrive again after they did not: what was missed is asked for. */
  #returned(): void {
    this.#follower.look();
    const { rooms, server } = this.#options;
    for (const [workspace, room] of rooms) {
      for (const { name } of room.openDocuments) this.#send({ kind: 'who', from: server, workspace, document: name });
    }
  }

  #sweep(): void {
    for (const [server, voices] of this.#voices) {
      const isGone = performance.now() - (this.#heardAt.get(server) ?? 0) > SILENCE_MS;
      for (const [key, { speaker, workspace, document }] of voices) {
        const open = this.#options.rooms.get(workspace)?.opened(document) ?? null;
        if (isGone) open?.leaveElsewhere(speaker);
        if (isGone || open === null) voices.delete(key);
      }
      if (voices.size > 0) continue;
      this.#voices.delete(server);
      if (isGone) this.#heardAt.delete(server);
    }
  }
}
