/** One direction of a connection: frames in order, each after its time, held while the way is blocked. */

interface Frame {
  readonly bytes: number;
  readonly at: number;
  readonly arrive: () => void;
}

export class Lane {
  readonly #latencyMs: (bytes: number) => number;
  #frames: Frame[] = [];
  #lastAt = 0;
  #isHeld = false;
  #isEnded = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Bytes that are under way. */
  waiting = 0;

  constructor(latencyMs: (bytes: number) => number) {
    this.#latencyMs = latencyMs;
  }

  send(bytes: number, arrive: () => void): void {
    if (this.#isEnded) return;
    this.#lastAt = Math.max(this.#lastAt, performance.now() + this.#latencyMs(bytes));
    this.#frames.push({ bytes, at: this.#lastAt, arrive });
    this.waiting += bytes;
    this.#arm();
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#arm();
  }

  /** What was under way is lost, and so is all that follows. */
  lose(): void {
    this.#frames = [];
    this.waiting = 0;
    this.#isEnded = true;
  }

  /** The first so many of the frames under way arrive now; then the lane is at its end. */
  end(share: number): void {
    const arriving = this.#isHeld ? [] : this.#frames.slice(0, Math.floor((this.#frames.length + 1) * share));
    this.lose();
    for (const { arrive } of arriving) arrive();
  }

  #arm(): void {
    const [next] = this.#frames;
    if (next === undefined || this.#isHeld || this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#arrive(), Math.max(0, next.at - performance.now()));
  }

  #arrive(): void {
    this.#timer = null;
    if (this.#isHeld) return;
    const next = this.#frames.shift();
    if (next !== undefined) {
      this.waiting -= next.bytes;
      next.arrive();
    }
    this.#arm();
  }
}
