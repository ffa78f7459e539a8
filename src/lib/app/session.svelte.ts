/** What this tab has open: one workspace of those on the device, or none yet. */
import { newId } from '#lib/domain/id.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { databaseNamed, openDatabase } from '#lib/store/database.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import {
  databaseNameOf,
  registerWorkspace,
  registryNamed,
  removeWorkspace,
  workspacesOnDevice,
  type RegisteredWorkspace,
} from '#lib/store/registry.ts';
import { Workspace } from './workspace.svelte.ts';

/** Remembers in the page's storage which workspace was open, so that a reload needs no look at the registry first. */
const LAST_OPENED = 'outlay:last-opened';

export class Session {
  readonly registry = registryNamed();
  #workspace = $state.raw<Workspace | null>(null);
  #known = $state.raw<readonly RegisteredWorkspace[]>();
  #failure = $state.raw<StoreFailure | null>(null);
  #reloadNeeded = $state(false);
  #takenAway = $state(false);

  /** The open workspace; null while there is none. */
  get workspace(): Workspace | null {
    return this.#workspace;
  }

  /** The workspaces on this device, the last opened first; undefined until read. */
  get known(): readonly RegisteredWorkspace[] | undefined {
    return this.#known;
  }

  /** Why nothing could be opened. */
  get failure(): StoreFailure | null {
    return this.#failure;
  }

  /** Whether another tab runs a newer app that has taken the database over. */
  get reloadNeeded(): boolean {
    return this.#reloadNeeded;
  }

  /** Whether the browser deleted what was kept here: under the open workspace, or since the last time. */
  get takenAway(): boolean {
    return this.#takenAway;
  }

  /** Opens what was open last; leaves `workspace` null on a device without any. */
  async start(): Promise<void> {
    const known = await workspacesOnDevice(this.registry);
    if (!known.ok) {
      this.#failure = known.error;
      return;
    }
    this.#takenAway = known.value.length === 0 && localStorage.getItem(LAST_OPENED) !== null;
    const last = known.value.find(({ id }) => id === localStorage.getItem(LAST_OPENED)) ?? known.value[0];
    if (last !== undefined) await this.open(last);
    this.#known = known.value;
  }

  /** Opens a workspace in place of the one that is open. */
  async open(registered: RegisteredWorkspace): Promise<Result<Workspace, StoreFailure>> {
    const opened = await this.prepare(registered);
    if (!opened.ok) {
      this.#failure = opened.error;
      return opened;
    }
    await this.show(opened.value);
    return opened;
  }

  /** A workspace that is open but not shown: while it is being founded, joined or restored. */
  async prepare(registered: RegisteredWorkspace): Promise<Result<Workspace, StoreFailure>> {
    const database = databaseNamed(registered.database, {
      onreloadneeded: () => (this.#reloadNeeded = true),
      ontakenaway: () => (this.#takenAway = true),
    });
    const opened = await openDatabase(database);
    if (!opened.ok) return opened;
    const workspace = new Workspace(registered, database);
    await workspace.open();
    return ok(workspace);
  }

  /** Shows an open workspace, and remembers it. */
  async show(workspace: Workspace): Promise<void> {
    const before = this.#workspace;
    this.#workspace = workspace;
    this.#failure = null;
    this.#takenAway = false;
    localStorage.setItem(LAST_OPENED, workspace.id);
    if (before !== null && before !== workspace) await before.close();
    await this.remember({ ...workspace.registered, lastOpenedAt: new Date().toISOString() });
  }

  async remember(registered: RegisteredWorkspace): Promise<Result<null, StoreFailure>> {
    const written = await registerWorkspace(this.registry, registered);
    const known = await workspacesOnDevice(this.registry);
    if (known.ok) this.#known = known.value;
    return written;
  }

  /** Removes a workspace from this device with everything in it. */
  async remove(id: string): Promise<Result<null, StoreFailure>> {
    if (this.#workspace?.id === id) {
      await this.#workspace.close();
      this.#workspace = null;
    }
    if (localStorage.getItem(LAST_OPENED) === id) localStorage.removeItem(LAST_OPENED);
    const removed = await removeWorkspace(this.registry, id);
    const known = await workspacesOnDevice(this.registry);
    if (known.ok) this.#known = known.value;
    return removed.ok ? removed : err(removed.error);
  }
}

/** What the device will know of a workspace that begins here. */
export function newLocalWorkspace(name: string): RegisteredWorkspace {
  const id = newId();
  return {
    id,
    name,
    database: databaseNameOf(id),
    kind: 'local',
    serverUrl: null,
    memberId: newId(),
    deviceKeys: null,
    lastOpenedAt: new Date().toISOString(),
  };
}
