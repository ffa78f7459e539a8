/** What everything on the server is given: where to keep things, and the world outside as arguments. */
import type { AccountStorage } from '../accounts/account-storage.ts';
import type { Shared } from '../cluster/neighbours.ts';
import type { Log } from '../operate/log.ts';
import type { Storage } from '../storage/storage.ts';

export interface Surroundings {
  readonly storage: Storage;
  readonly accounts: AccountStorage;
  /** Other servers may use the same storage. */
  readonly shared?: Shared | null;
  readonly now: () => Date;
  readonly newId: () => string;
  /** 32 random hex digits. */
  readonly newSalt: () => string;
  readonly log: Log;
  /** How long a device may not read anything of what it asked for; half a minute unless said. */
  readonly stuckAfterMs?: number;
  /** How often a full disk is tried again. */
  readonly probeEveryMs: number;
  /** How often a connected device proves its key again for a new access token; ten minutes unless given. */
  readonly renewAccessMs?: number;
}
