/**
 * Time that passes only when everybody waits for it. While it is installed, the timers, clocks and random numbers of
 * this thread are its own, so that server, client and test run as they are, far faster than real, and the same for the
 * same seed. Import it before anything that keeps a clock or a source of randomness for itself.
 */
import { webcrypto } from 'node:crypto';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';

class Timer {
  readonly everyMs: number | null;
  readonly order: number;
  readonly call: () => void;
  at: number;
  isCancelled = false;

  constructor(at: number, order: number, everyMs: number | null, call: () => void) {
    this.at = at;
    this.order = order;
    this.everyMs = everyMs;
    this.call = call;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

type Call = (...args: readonly unknown[]) => void;

/** When a schedule begins, by its own clock. */
const START = Date.UTC(2027, 2, 8, 9);
const LONGEST_MS = 6 * 60 * 60 * 1000;
const reallyLater = setImmediate;

export class VirtualTime {
  #now = START;
  #timers: Timer[] = [];
  #order = 0;
  #random = numbersFrom(0);
  get now(): number {
    return this.#now;
  }

  get random(): () => number {
    return this.#random;
  }

  install(): void {
    const after = (ms: unknown, every: boolean, call: Call, args: readonly unknown[]): Timer =>
      this.#add(Math.max(Number(ms) || 0, every ? 1 : 0), every, () => call(...args));
    Object.assign(globalThis, {
      setTimeout: (call: Call, ms?: unknown, ...args: readonly unknown[]) => after(ms, false, call, args),
      setInterval: (call: Call, ms?: unknown, ...args: readonly unknown[]) => after(ms, true, call, args),
      setImmediate: (call: Call, ...args: readonly unknown[]) => after(0, false, call, args),
      clearTimeout: cancel,
      clearInterval: cancel,
      clearImmediate: cancel,
      Date: this.#dates(),
    });
    Math.random = () => this.#random();
    define(performance, 'now', () => this.#now - START);
    define(webcrypto, 'getRandomValues', (array: ArrayBufferView) => this.#fill(array));
    // Proofs of keys are worked out on other threads, in their own time. Here every one holds: tests with real sockets
    // are about those that do not.
    define(webcrypto.subtle, 'importKey', () => Promise.resolve({}));
    define(webcrypto.subtle, 'verify', () => Promise.resolve(true));
  }

  /** Begins anew: nothing is left of what was waiting. */
  reset(seed: number): void {
    this.#timers = [];
    this.#now = START;
    this.#order = 0;
    this.#random = numbersFrom(seed);
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const end = (): boolean => true;
    const result = work();
    const ended = result.then(end, end);
    for (;;) {
      // Everything that follows without waiting has been done by the next turn of the real loop.
      const turn = new Promise<false>((resolve) => reallyLater(resolve, false));
      if (await Promise.race([ended, turn])) return result;
      this.#next();
    }
  }

  #next(): void {
    const timer = this.#timers.pop();
    if (timer === undefined) throw new Error('nothing is left that could happen');
    this.#now = Math.max(this.#now, timer.at);
    if (this.#now > START + LONGEST_MS) throw new Error('the schedule does not end');
    if (timer.isCancelled) return;
    if (timer.everyMs !== null) {
      timer.at = this.#now + timer.everyMs;
      this.#insert(timer);
    }
    timer.call();
  }

  #add(ms: number, every: boolean, call: () => void): Timer {
    this.#order += 1;
    const timer = new Timer(this.#now + ms, this.#order, every ? ms : null, call);
    this.#insert(timer);
    return timer;
  }

  /** The soonest stands last; of two at the same moment, the one that was asked for first. */
  #insert(timer: Timer): void {
    let from = 0;
    let to = this.#timers.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = this.#timers[middle] as Timer;
      if (other.at > timer.at || (other.at === timer.at && other.order > timer.order)) from = middle + 1;
      else to = middle;
    }
    this.#timers.splice(from, 0, timer);
  }

  #fill(array: ArrayBufferView): ArrayBufferView {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let n = 0; n < bytes.length; n += 1) bytes[n] = Math.floor(this.#random() * 256);
    return array;
  }

  #dates(): DateConstructor {
    const now = (): number => this.#now;
    class VirtualDate extends Date {
      constructor(...args: [] | [string | number | Date]) {
        if (args.length === 0) super(now());
        else super(...args);
      }

      static override now(): number {
        return now();
      }
    }
    return VirtualDate as unknown as DateConstructor;
  }
}

function cancel(timer: unknown): void {
  if (timer instanceof Timer) timer.isCancelled = true;
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}
