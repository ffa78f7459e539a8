/** The line to the server: up while a page is seen, tried again when it breaks, given up when trying is useless. */
import { comeBackDelay, retryDelay } from './backoff.ts';
import type { SyncOptions } from './connection-options.ts';
import { Heartbeat } from './heartbeat.ts';
import { CLOSE } from './protocol.ts';
import type { ClientMessage, ServerMessage } from './protocol.ts';
import type { Facts } from './status.ts';
import { Wire } from './wire.ts';
import type { Welcome } from './wire.ts';

export interface LineHandlers {
  readonly onup: (welcome: Welcome) => void;
  readonly onmessage: (message: ServerMessage) => void;
  readonly ondown: () => void;
  /** Something of what can be asked here changed. */
  readonly onchange: () => void;
  /** Whether an answer of the server is due. */
  readonly isWaiting: () => boolean;
}

/** A line that was up so long forgets the failures before it. */
const STEADY_MS = 5000;
/** How long connecting may take before it counts as failing. */
const SLOW_MS = 2000;
/** How long a page may be out of sight before its socket is closed. */
const HIDDEN_MS = 30_000;

const REFUSALS: Readonly<Record<number, Facts['refusal']>> = {
  [CLOSE.deviceUnknown]: 'device-unknown',
  [CLOSE.linkInvalid]: 'link-invalid',
  [CLOSE.noRole]: 'no-role',
  [CLOSE.workspaceUnknown]: 'workspace-unknown',
  [CLOSE.workspaceTaken]: 'workspace-taken',
  [CLOSE.logInvalid]: 'log-invalid',
  [CLOSE.appTooOld]: 'app-too-old',
  [CLOSE.appTooNew]: 'app-too-new',
  [CLOSE.signInNeeded]: 'sign-in-needed',
};

type Timer = ReturnType<typeof setTimeout>;

export class Line {
  readonly #options: SyncOptions;
  readonly #handlers: LineHandlers;
  readonly #stopWatching: () => void;
  #wire: Wire | null = null;
  #heartbeat: Heartbeat | null = null;
  #upSince: number | null = null;
  #failures = 0;
  #isSlow = false;
  #refusal: Facts['refusal'] = null;
  #retryAt: number | null = null;
  #retryTimer: Timer | undefined;
  #slowTimer: Timer | undefined;
  #hideTimer: Timer | undefined;
  #isClosed = false;

  constructor(options: SyncOptions, handlers: LineHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#stopWatching = options.surroundings?.onchange(() => this.#lookAround()) ?? (() => undefined);
  }

  get isUp(): boolean {
    return this.#upSince !== null;
  }

  get hasFailed(): boolean {
    return this.#failures > 0 || this.#isSlow;
  }

  get refusal(): Facts['refusal'] {
    return this.#refusal;
  }

  get retryAt(): number | null {
    return this.#retryAt;
  }

  send(message: ClientMessage): void {
    if (this.isUp) this.#wire?.send(message);
  }

  /** Connects if the page is seen, now rather than when it was meant to. */
  tryNow(): void {
    if (this.#isClosed || this.#wire !== null || !this.#isSeen) return;
    clearTimeout(this.#retryTimer);
    this.#retryAt = null;
    this.#refusal = null;
    this.#slowTimer = setTimeout(() => {
      this.#isSlow = true;
      this.#handlers.onchange();
    }, SLOW_MS);
    this.#wire = new Wire(this.#options, {
      onwelcome: (welcome) => this.#up(welcome),
      onmessage: (message) => this.#handlers.onmessage(message),
      onclose: (code, reason) => this.#down(code, reason),
    });
    this.#handlers.onchange();
  }

  /** Breaks the connection, to begin a new one. */
  break(): void {
    this.#wire?.close();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWatching();
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#hideTimer);
    this.break();
  }

  get #isSeen(): boolean {
    return this.#options.surroundings?.visible() ?? true;
  }

  #up(welcome: Welcome): void {
    clearTimeout(this.#slowTimer);
    this.#isSlow = false;
    this.#upSince = this.#options.now();
    this.#heartbeat = new Heartbeat({
      now: this.#options.now,
      heardAt: () => this.#wire?.heardAt ?? 0,
      isWaiting: this.#handlers.isWaiting,
      ping: () => this.send({ kind: 'ping', echo: 0 }),
      ondead: () => this.break(),
    });
    this.#handlers.onup(welcome);
    this.#handlers.onchange();
  }

  #down(code: number, reason: string): void {
    const wasSteady = this.#upSince !== null && this.#options.now() - this.#upSince > STEADY_MS;
    const wasUp = this.isUp;
    clearTimeout(this.#slowTimer);
    this.#heartbeat?.stop();
    this.#heartbeat = null;
    this.#wire = null;
    this.#upSince = null;
    this.#isSlow = false;
    this.#refusal = REFUSALS[code] ?? null;
    // Whoever leaves because nobody looks has not failed.
    this.#failures = !this.#isSeen ? 0 : wasSteady ? 1 : this.#failures + 1;
    if (wasUp) this.#handlers.ondown();
    if (this.#isClosed) return;
    if (this.#refusal === null && this.#isSeen) {
      this.#retryLater(code === CLOSE.serverStopping ? comeBackDelay(reason, this.#options.random) : 0);
    }
    this.#handlers.onchange();
  }

  #retryLater(atLeastMs: number): void {
    const delay = Math.max(atLeastMs, retryDelay(this.#failures, this.#options.random));
    this.#retryAt = this.#options.now() + delay;
    this.#retryTimer = setTimeout(() => this.tryNow(), delay);
  }

  /** The page came into sight or went out of it, or the network is said to be there or gone. */
  #lookAround(): void {
    const { surroundings } = this.#options;
    clearTimeout(this.#hideTimer);
    if (surroundings === undefined || this.#isClosed) return;
    if (!surroundings.visible()) this.#hideTimer = setTimeout(() => this.#hide(), HIDDEN_MS);
    else if (!surroundings.online()) this.#heartbeat?.doubt();
    else if (this.#refusal === null) this.tryNow();
    this.#handlers.onchange();
  }

  /** Nobody looks: the socket goes, once nothing waits for the server. */
  #hide(): void {
    clearTimeout(this.#retryTimer);
    this.#retryAt = null;
    if (this.#handlers.isWaiting()) this.#hideTimer = setTimeout(() => this.#hide(), HIDDEN_MS);
    else this.break();
  }
}
