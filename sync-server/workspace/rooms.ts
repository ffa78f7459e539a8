/** The workspaces that somebody is connected to, and what the connections share. */
import type { Sessions } from '../accounts/sessions.ts';
import { Neighbours } from '../cluster/neighbours.ts';
import { Figures } from '../operate/figures.ts';
import { LETS_GO, Load } from '../operate/load.ts';
import type { Shed } from '../operate/load.ts';
import type { Changes } from '../storage/postgres-position.ts';
import { Committer } from './committer.ts';
import type { Commit, WriteState } from './committer.ts';
import { Compactor } from './compactor.ts';
import { Deciders } from './deciders.ts';
import { MergedDocuments } from './merged-documents.ts';
import { Room } from './room.ts';
import type { Surroundings } from './surroundings.ts';

/** Rights that were taken away elsewhere, or ended, hold here within so long. */
const LOOK_EVERY_MS = 1000;

export class Rooms {
  readonly surroundings: Surroundings;
  readonly sessions: Sessions;
  readonly committer: Committer;
  readonly deciders: Deciders;
  readonly figures = new Figures();
  readonly load = new Load();
  readonly merged: MergedDocuments;
  readonly #compactor: Compactor;
  /** Other servers on the same database; null when there is no other. */
  readonly #neighbours: Neighbours | null;
  readonly #rooms = new Map<string, Room>();
  readonly #founding = new Set<string>();
  readonly #looking: NodeJS.Timeout;
  readonly #onstate = new Set<(state: WriteState) => void>();

  constructor(surroundings: Surroundings, sessions: Sessions) {
    this.surroundings = surroundings;
    this.sessions = sessions;
    this.committer = new Committer({
      storage: surroundings.storage,
      probeEveryMs: surroundings.probeEveryMs,
      oncommit: (commits) => this.#committed(commits),
      onwritten: (seconds) => this.figures.committed(seconds),
      onstate: (state, cause) => {
        surroundings.log(SENTENCES[state], cause);
        for (const callback of this.#onstate) callback(state);
      },
      onfault: (cause) => surroundings.log('A commit failed; its senders will try again.', cause),
    });
    this.deciders = new Deciders(surroundings, this.committer, (workspace, standing) =>
      this.#rooms.get(workspace)?.stands(standing),
    );
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
    this.merged = new MergedDocuments(surroundings.storage);
    this.#compactor = new Compactor(surroundings.storage, this.committer);
    const { shared, log } = surroundings;
    this.#neighbours =
      shared == null
        ? null
        : new Neighbours({
            ...shared,
            rooms: this.#rooms,
            onchanges: (changes) => this.#moved(changes),
            // While nothing can be written, that was said already.
            onfault: (cause) => {
              if (this.committer.state === 'writable') log('What other servers wrote could not be read.', cause);
            },
          });
  }

  get count(): number {
    return this.#rooms.size;
  }

  /** Whether there is too much to do for this just now; counted when there is. */
  letsGo(what: Shed): boolean {
    if (this.load.level < LETS_GO[what]) return false;
    this.figures.shed(what);
    return true;
  }

  /** The room of a workspace; whoever asks enters it or calls `release`. */
  room(workspace: string): Room {
    const room = this.#rooms.get(workspace) ?? this.#newRoom(workspace);
    this.#rooms.set(workspace, room);
    return room;
  }

  release(room: Room): void {
    if (!room.isEmpty) return;
    this.#rooms.delete(room.workspace);
    this.deciders.forget(room.workspace);
    this.#neighbours?.left(room.workspace);
  }

  /** Does the work of founding a workspace; null when somebody else is at it. */
  async foundAlone<T>(workspace: string, work: () => Promise<T>): Promise<T | null> {
    if (this.#founding.has(workspace)) return null;
    this.#founding.add(workspace);
    try {
      return await work();
    } finally {
      this.#founding.delete(workspace);
    }
  }

  /** What is to be done every day in every workspace, whether somebody is connected to it or not. */
  async keepHouse(): Promise<void> {
    for (const workspace of await this.surroundings.storage.workspaces()) {
      await this.deciders.of(workspace).keepHouse();
      if (!this.#rooms.has(workspace)) this.deciders.forget(workspace);
    }
  }

  /** Calls back when writing stops or works again; returns how to stop. */
  onState(callback: (state: WriteState) => void): () => void {
    this.#onstate.add(callback);
    return () => this.#onstate.delete(callback);
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    this.#compactor.close();
    await this.committer.close();
    await this.#neighbours?.close();
  }

  #newRoom(workspace: string): Room {
    const { storage, newId, log } = this.surroundings;
    return new Room({
      workspace,
      storage,
      newId,
      log,
      isLate: () => this.letsGo('heads'),
      elsewhere: this.#neighbours?.elsewhere(workspace) ?? null,
    });
  }

  /** Some server has written, perhaps this one. What came after a change of rights is passed on by the new ones. */
  #moved({ workspace, epoch, heads }: Changes): void {
    const room = this.#rooms.get(workspace);
    if (room === undefined) return;
    if (this.deciders.of(workspace).isOf(epoch)) room.moved(heads);
    else void this.#lookAt(workspace).then(() => room.moved(heads));
  }

  /** A day ends, and another server changes rights, without anything being decided here. */
  #look(): void {
    for (const workspace of this.#rooms.keys()) void this.#lookAt(workspace);
  }

  #lookAt(workspace: string): Promise<void> {
    return this.deciders
      .of(workspace)
      .look()
      .catch((cause: unknown) => {
        if (this.committer.state === 'writable') this.surroundings.log('Rights could not be looked up.', cause);
      });
  }

  #committed(commits: readonly Commit[]): void {
    const byWorkspace = Map.groupBy(commits, ({ row }) => row.workspace);
    for (const [workspace, ofRoom] of byWorkspace) this.#rooms.get(workspace)?.committed(ofRoom);
    if (byWorkspace.size > 0) this.#neighbours?.committed([...byWorkspace.keys()]);
    this.#compactor.committed(commits);
  }
}

const SENTENCES: Readonly<Record<WriteState, string>> = {
  writable: 'Writing works again.',
  'disk-full': 'The disk is full. Reading goes on; nothing is accepted until there is room again.',
  unreachable: 'The database does not answer. Nothing is accepted until it does; it is tried twice a second.',
  'storage-failed':
    'The disk failed to keep or to give what was written. Nothing is accepted any more: check the disk, then start the server again.',
};
