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
/** How long it has to answer, and when the device believes that its network went away. */
const ANSWER_MS = 4000;
const DOUBT_MS = 1500;

export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #askedAt: number | null = null;
  #answerMs = ANSWER_MS;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Asks now: something hints that the network is gone. */
  doubt(): void {
    this.#ask(DOUBT_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const { now, heardAt, isWaiting, ondead } = this.#options;
    if (this.#askedAt !== null && heardAt() >= this.#askedAt) this.#askedAt = null;
    if (this.#askedAt !== null) {
      if (now() - this.#askedAt >= this.#answerMs) ondead();
    } else if (now() - heardAt() >= (isWaiting() ? WAITING_MS : REST_MS)) this.#ask(ANSWER_MS);
  }

  #ask(answerMs: number): void {
    this.#answerMs = answerMs;
    this.#askedAt ??= this.#options.now();
    this.#options.ping();
  }
}
