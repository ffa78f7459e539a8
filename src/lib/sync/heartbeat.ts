/** Finds out that the other side is gone, although nobody said so. */

export interface HeartbeatOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** When the last frame came from the server. */
  readonly heardAt: () => number;
  /** Whether an answer is due: then silence means something sooner. */
  readonly isWaiting: () => boolean;
  readonly ping: () => void;
  readonly ondead: () => void;
}

const TICK_MS = 1000;
/** Silence after which the server is asked whether it is there, at rest and while an answer is due. */
const REST_MS = 20_000;
const WAITING_MS = 2000;
/** How long it has to answer, and how long when the device believes that its network went away. */
const ANSWER_MS = 4000;
const DOUBT_MS = 1500;

export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #askedAt: number | null = null;
  #doubt: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Asks now: something hints that the network is gone. */
  doubt(): void {
    this.#ask();
    clearTimeout(this.#doubt);
    this.#doubt = setTimeout(() => {
      if (!this.#isAnswered()) this.#options.ondead();
    }, DOUBT_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#doubt);
  }

  #tick(): void {
    const { now, heardAt, isWaiting, ondead } = this.#options;
    if (this.#isAnswered()) this.#askedAt = null;
    // A clock that was set back counts as silence too: asking costs nothing.
    if (this.#askedAt !== null) {
      if (Math.abs(now() - this.#askedAt) >= ANSWER_MS) ondead();
    } else if (Math.abs(now() - heardAt()) >= (isWaiting() ? WAITING_MS : REST_MS)) this.#ask();
  }

  #isAnswered(): boolean {
    return this.#askedAt === null || this.#options.heardAt() >= this.#askedAt;
  }

  #ask(): void {
    this.#askedAt ??= this.#options.now();
    this.#options.ping();
  }
}
