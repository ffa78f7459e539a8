/**
 * What keeps a device signed in while it is connected: an access token, renewed before it is over by having the key
 * proved once more; and the end of it, when the session ends anywhere.
 */
import { randomBytes } from 'node:crypto';
import { proofText } from '#lib/sync/protocol.ts';
import type { CLOSE, ServerMessage } from '#lib/sync/protocol.ts';
import type { Session } from '../accounts/account-storage.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { isSignedBy } from './device-key.ts';

interface AccessKeeperOptions {
  readonly sessions: Sessions;
  readonly session: Session;
  readonly workspace: string;
  readonly publicKey: Uint8Array;
  /** The first version knows nothing of tokens. */
  readonly protocol: number;
  readonly send: (message: ServerMessage) => void;
  readonly close: (code: keyof typeof CLOSE) => void;
  readonly renewEveryMs: number;
}

export class AccessKeeper {
  readonly #options: AccessKeeperOptions;
  readonly #stopWatching: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #nonce: Uint8Array | null = null;

  constructor(options: AccessKeeperOptions) {
    this.#options = options;
    const { sessions, session, close } = options;
    this.#stopWatching = sessions.watch(session.id, () => close('signInNeeded'));
  }

  /** Sends a token, and asks for the proof again in time. */
  give(): void {
    const { sessions, session, protocol, send, renewEveryMs } = this.#options;
    if (protocol < 2) return;
    send({ kind: 'access', ...sessions.access(session) });
    this.#timer = setTimeout(() => this.#challenge(), renewEveryMs);
  }

  /** The device's answer to a challenge; one that was not asked for ends the connection. */
  async prove(signature: Uint8Array): Promise<void> {
    const { sessions, session, workspace, publicKey, close } = this.#options;
    const nonce = this.#nonce;
    this.#nonce = null;
    if (nonce === null) {
      close('badFrame');
      return;
    }
    clearTimeout(this.#timer);
    const isSigned = await isSignedBy(publicKey, signature, proofText(nonce, workspace));
    const standing = isSigned ? await sessions.of(session.device) : null;
    if (standing?.kind === 'live') this.give();
    else close('signInNeeded');
  }

  stop(): void {
    this.#stopWatching();
    clearTimeout(this.#timer);
  }

  /** A page that is frozen cannot answer: it comes back by a connection of its own. */
  #challenge(): void {
    const { send, close, renewEveryMs } = this.#options;
    this.#nonce = randomBytes(32);
    send({ kind: 'challenge', nonce: this.#nonce });
    this.#timer = setTimeout(() => close('silent'), renewEveryMs / 2);
  }
}
