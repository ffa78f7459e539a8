/** The workspaces that stand on this device. A small database of its own: it is read before any workspace is opened. */
import { Dexie, type Table } from 'dexie';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { failureOf, type StoreFailure } from './failure.ts';

export interface RegisteredWorkspace {
  readonly id: string;
  readonly name: string;
  /** Name of its database on this device. */
  readonly database: string;
  readonly kind: 'local' | 'shared';
  /** Address of the sync server; null for a local workspace. */
  readonly serverUrl: string | null;
  /** Who the person at this device is in it. */
  readonly memberId: string;
  /** The device's key pair, whose private half cannot be exported; null until the workspace is shared or joined. */
  readonly deviceKeys: CryptoKeyPair | null;
  /** ISO instant. */
  readonly lastOpenedAt: string;
}

/** What this browser is to one server: its key, and whom it is signed in as. */
export interface KnownDevice {
  /** Origin of the server: `https://outlay.example`. */
  readonly server: string;
  readonly keys: CryptoKeyPair;
  /** Null while nobody is signed in. */
  readonly account: { readonly id: string; readonly name: string } | null;
}

export type Registry = Dexie & {
  readonly workspaces: Table<RegisteredWorkspace, string>;
  readonly devices: Table<KnownDevice, string>;
};

/** The device's registry, not yet open: every use of it opens it. */
export function registryNamed(name = 'outlay-registry'): Registry {
  const registry = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Registry;
  registry.version(1).stores({ workspaces: 'id' });
  registry.version(2).stores({ devices: 'server' });
  return registry;
}

/** The name of the database of one account's workspace. */
export function databaseNameOf(workspace: string, account = 'device'): string {
  return `outlay-${account}-${workspace}`;
}

/** Workspaces on this device, the one opened last first. */
export async function workspacesOnDevice(
  registry: Registry,
): Promise<Result<readonly RegisteredWorkspace[], StoreFailure>> {
  try {
    const all = await registry.workspaces.toArray();
    return ok(all.sort((a, b) => (a.lastOpenedAt < b.lastOpenedAt ? 1 : -1)));
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

/** Adds a workspace or replaces what is known of it. */
export async function registerWorkspace(
  registry: Registry,
  workspace: RegisteredWorkspace,
): Promise<Result<null, StoreFailure>> {
  try {
    await registry.workspaces.put(workspace);
    return ok(null);
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

/** Removes a workspace from this device with everything in it. Ask first: what was not sent is gone. */
export async function removeWorkspace(registry: Registry, id: string): Promise<Result<null, StoreFailure>> {
  try {
    const workspace = await registry.workspaces.get(id);
    if (workspace !== undefined) await Dexie.delete(workspace.database);
    await registry.workspaces.delete(id);
    return ok(null);
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

/** What this browser is to a server; null when it never was anything. */
export async function knownDevice(
  registry: Registry,
  server: string,
): Promise<Result<KnownDevice | null, StoreFailure>> {
  try {
    return ok((await registry.devices.get(server)) ?? null);
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}

/** Keeps what this browser is to a server from now on. */
export async function rememberDevice(registry: Registry, device: KnownDevice): Promise<Result<null, StoreFailure>> {
  try {
    await registry.devices.put(device);
    return ok(null);
  } catch (thrown) {
    return err(failureOf(thrown));
  }
}
