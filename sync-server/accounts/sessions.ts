/** Which devices are signed in: asked when one connects, told when one no longer is, on whichever server that happened. */
import type { AccountStorage, Session } from './account-storage.ts';
import type { Log } from '../operate/log.ts';
import type { SignedWords } from './signed-words.ts';

export interface SessionsOptions {
  readonly accounts: AccountStorage;
  readonly words: SignedWords;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly log: Log;
}

/** What a device brings along instead of proving its key again: to be shown over HTTP, for a quarter of an hour. */
export interface Access {
  readonly token: string;
  /** ISO instant. */
  readonly expiresAt: string;
}

/** `none`: the device was there before there were accounts. */
type Standing = { readonly kind: 'live'; readonly session: Session } | { readonly kind: 'ended' | 'none' };

const ACCESS_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** A device that was not used for so long has to sign in again. */
const DISUSE_MS = 30 * DAY_MS;
/** Use is noted so often: not with every connection. */
const NOTE_USE_MS = 60 * 60_000;
const LOOK_EVERY_MS = 1000;

export class Sessions {
  readonly #options: SessionsOptions;
  readonly #watchers = new Map<string, Set<() => void>>();
  readonly #timer: ReturnType<typeof setInterval>;
  #endings: number | null = null;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** How it stands with a device that has just proved its key. A live session is hereby used. */
  async of(device: string): Promise<Standing> {
    const session = await this.#options.accounts.sessionOfDevice(device);
    if (session === null) return { kind: 'none' };
    if (!this.#isLive(session)) return { kind: 'ended' };
    const { accounts, now, log } = this.#options;
    if (now().getTime() - Date.parse(session.usedAt) > NOTE_USE_MS) {
      // Nobody is kept out because the disk is full; it is noted next time.
      const noted = accounts.usedSession(session.id, now().toISOString());
      await noted.catch((cause: unknown) => log('The use of a session was not noted.', cause));
    }
    return { kind: 'live', session };
  }

  access(session: Pick<Session, 'id' | 'device'>): Access {
    const now = this.#options.now().getTime();
    const token = this.#options.words.sign('access', [session.id, session.device], now, ACCESS_MS);
    return { token, expiresAt: new Date(now + ACCESS_MS).toISOString() };
  }

  /** The session that an access token was given for, while both last. */
  async bearer(token: string): Promise<Session | null> {
    const [id, device] = this.#options.words.read('access', token, this.#options.now().getTime()) ?? [];
    const session = id === undefined ? null : await this.#options.accounts.session(id);
    return session?.device === device && session !== null && this.#isLive(session) ? session : null;
  }

  /**
   * Signs in a device that came before there were accounts, or by nothing but an invitation: as the account that the
   * member has, or as a new one that can be given a password or passkey later.
   */
  async adopt(workspace: string, member: string, device: string): Promise<Session> {
    const { accounts, newId, now } = this.#options;
    const at = now().toISOString();
    const session = { id: newId(), device, name: '', createdAt: at };
    const known = await accounts.accountOfMember(workspace, member);
    const account = known ?? newId();
    if (known !== null) await accounts.startSession({ ...session, account });
    else {
      // Ids are random: the name is free.
      const nameless = { id: account, name: `Member ${account.slice(0, 10)}`, isOwner: false, createdAt: at };
      await accounts.signUp({ account: nameless, ticket: null, credential: null, session });
      await accounts.attach(account, workspace, member);
    }
    return { ...session, account, usedAt: at, endedAt: null };
  }

  async end(account: string, id: string): Promise<void> {
    await this.#options.accounts.endSession(account, id, this.#options.now().toISOString());
    await this.#sweep();
  }

  /** Calls back once when the session has ended; returns how to stop. */
  watch(id: string, onended: () => void): () => void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(onended));
    return () => {
      watchers.delete(onended);
      if (watchers.size === 0 && this.#watchers.get(id) === watchers) this.#watchers.delete(id);
    };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Whether anybody's session was ended, here or on another server: one small question a second. */
  #look(): void {
    const { accounts, log } = this.#options;
    if (this.#watchers.size === 0) return;
    accounts
      .endings()
      .then((endings) => {
        const isSame = this.#endings === endings;
        this.#endings = endings;
        return isSame ? undefined : this.#sweep();
      })
      .catch((cause: unknown) => {
        this.#endings = null;
        log('Ended sessions could not be looked up.', cause);
      });
  }

  async #sweep(): Promise<void> {
    for (const id of [...this.#watchers.keys()]) {
      const session = await this.#options.accounts.session(id);
      if (session !== null && this.#isLive(session)) continue;
      const watchers = this.#watchers.get(id) ?? [];
      this.#watchers.delete(id);
      for (const onended of watchers) onended();
    }
  }

  #isLive(session: Session): boolean {
    const unused = this.#options.now().getTime() - Date.parse(session.usedAt);
    return session.endedAt === null && unused < DISUSE_MS;
  }
}
