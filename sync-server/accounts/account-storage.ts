/**
 * Where the server keeps who its people are: accounts, what they prove themselves by, and the sessions of their devices.
 * Beside `Storage`, in the same database. A promise that resolves means written to disk; everything that belongs
 * together happens in one transaction. `tests/sync/accounts/contract.ts` says what every implementation must do.
 */
import type { Result } from '#lib/domain/result.ts';
import type { Storage } from '../storage/storage.ts';

/** A place where workspaces and people are kept together. */
export interface StorageWithAccounts extends Storage {
  readonly accounts: AccountStorage;
}

export interface AccountStorage {
  /** 32 random bytes made once for this database: what tokens and challenges are signed with. */
  secret(): Promise<Uint8Array>;

  /** Whether somebody owns this server. */
  hasOwner(): Promise<boolean>;
  account(id: string): Promise<Account | null>;
  accountNamed(name: string): Promise<Account | null>;
  accounts(): Promise<readonly Account[]>;
  rename(account: string, name: string): Promise<Result<null, 'name-taken'>>;

  /** A new account with its first credential and session. Its ticket, if it came by one, is used up. */
  signUp(entry: SignUp): Promise<Result<null, 'name-taken' | 'ticket-used' | 'device-taken'>>;
  /** New credentials in place of all old passwords and passkeys; every session but the new one ends. */
  recover(entry: Recovery): Promise<Result<null, 'ticket-used' | 'device-taken'>>;

  /** The encoded hash; null when the account has no password. */
  password(account: string): Promise<string | null>;
  setPassword(account: string, hash: string): Promise<void>;
  passkey(id: string): Promise<Passkey | null>;
  passkeys(account: string): Promise<readonly Passkey[]>;
  addPasskey(passkey: Passkey): Promise<Result<null, 'passkey-known'>>;
  usedPasskey(id: string, counter: number, at: string): Promise<void>;
  removePasskey(account: string, id: string): Promise<void>;
  /** A subject belongs to the first account that it was given to. */
  addSubject(account: string, subject: Subject): Promise<void>;
  subjects(account: string): Promise<readonly Subject[]>;
  accountOfSubject(subject: Subject): Promise<Account | null>;

  /** A link that is opened once: kept as the hash of its token. */
  addTicket(ticket: Ticket): Promise<void>;
  ticket(tokenHash: string): Promise<Ticket | null>;

  /** The session of a device begins anew. A device belongs to one account for good. */
  startSession(session: NewSession): Promise<Result<null, 'device-taken'>>;
  session(id: string): Promise<Session | null>;
  /** The session that a device has or last had. */
  sessionOfDevice(device: string): Promise<Session | null>;
  sessions(account: string): Promise<readonly Session[]>;
  usedSession(id: string, at: string): Promise<void>;
  nameSession(account: string, id: string, name: string): Promise<void>;
  endSession(account: string, id: string, at: string): Promise<void>;
  /** Grows with every session that is ended: an unchanged number means that nobody has to leave. */
  endings(): Promise<number>;

  /** Which member an account is in a workspace. */
  member(account: string, workspace: string): Promise<string | null>;
  accountOfMember(workspace: string, member: string): Promise<string | null>;
  attach(account: string, workspace: string, member: string): Promise<void>;
  /**
   * The member has no account any more. An account that is of no other workspace, and does not own the server, is gone
   * with its credentials and sessions.
   */
  forgetMember(workspace: string, member: string): Promise<void>;
  workspaces(account: string): Promise<readonly { readonly workspace: string; readonly member: string }[]>;
}

export interface Account {
  readonly id: string;
  /** Unique on this server, whatever its letters' case. */
  readonly name: string;
  /** Whoever opened the set-up link. */
  readonly isOwner: boolean;
  /** ISO instant. */
  readonly createdAt: string;
}

export interface Passkey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly account: string;
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: string;
  readonly usedAt: string | null;
}

/** Somebody as a provider of identities knows them. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

export type Credential =
  | { readonly kind: 'password'; readonly hash: string }
  | { readonly kind: 'passkey'; readonly passkey: Omit<Passkey, 'account'> }
  | ({ readonly kind: 'subject' } & Subject);

/** `set-up`: makes the server's owner. `person`: makes an account. `recovery`: gives an account new credentials. */
export interface Ticket {
  readonly tokenHash: string;
  readonly kind: 'set-up' | 'person' | 'recovery';
  /** Whose credentials are set anew. */
  readonly account: string | null;
  readonly createdAt: string;
  /** Null for one that lasts until it is used. */
  readonly expiresAt: string | null;
}

export interface Session {
  readonly id: string;
  readonly account: string;
  readonly device: string;
  /** What the person calls the device. */
  readonly name: string;
  readonly createdAt: string;
  readonly usedAt: string;
  readonly endedAt: string | null;
}

export type NewSession = Omit<Session, 'usedAt' | 'endedAt'>;

export interface SignUp {
  readonly account: Account;
  /** Hash of the token of the ticket it comes by. */
  readonly ticket: string | null;
  readonly credential: Credential | null;
  readonly session: Omit<NewSession, 'account'>;
}

interface Recovery {
  readonly account: string;
  readonly ticket: string;
  readonly credential: Credential;
  readonly session: Omit<NewSession, 'account'>;
}

/** What two names are compared by: `Ana ` and `ana` are the same person. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
