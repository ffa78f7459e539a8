/** The disk under the server's storage: slow, full, failing, and cut off from the process that dies. */
import { StorageTrouble } from '#server/storage/storage.ts';

/** What can go wrong at the next write: the process dies before or after the commit, or the sync of it fails. */
export type WriteFault = 'die-before' | 'die-after' | 'fail-before' | 'fail-after';

export interface DiskOptions {
  readonly random: () => number;
  /** The process dies, now. */
  readonly onkill: () => void;
  readonly onfired: (fault: string) => void;
}

const WRITES: ReadonlySet<string> = new Set([
  ...['beginFounding', 'finishFounding', 'admit', 'addLink', 'revokeLink', 'append', 'compact', 'reincarnate'],
  ...['commitDecision', 'probe'],
]);
const USUAL_MS = 3;
const SLOW_SYNC_MS = 500;

export class Disk {
  readonly #options: DiskOptions;
  /** Of the process that has it open; calls of an earlier one never come back. */
  #process = 0;
  #fault: WriteFault | null = null;
  #isBroken = false;
  isFull = false;
  isSlow = false;

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The fault comes with the next write. */
  arm(fault: WriteFault): void {
    this.#fault = fault;
  }

  disarm(): void {
    this.#fault = null;
  }

  /** A newly started process has it from now on. */
  start(): void {
    this.#process += 1;
    this.#isBroken = false;
  }

  /** Something that is kept on it, as the process of now has it. */
  opened<T extends object>(kept: T): T {
    const process = this.#process;
    return new Proxy(kept, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        const work = method.bind(target) as (...args: readonly unknown[]) => Promise<unknown>;
        return (...args: readonly unknown[]) => this.#carryOut(process, String(name), () => work(...args));
      },
    });
  }

  /** Whatever the dying process had asked for stays unanswered. */
  processDied(): void {
    this.#process += 1;
  }

  async #carryOut(process: number, name: string, work: () => Promise<unknown>): Promise<unknown> {
    const isWrite = WRITES.has(name);
    await this.#pass(process, USUAL_MS);
    if (isWrite) await this.#before(process, name);
    const result = await work();
    if (isWrite) await this.#after(process);
    await this.#pass(process, isWrite && this.isSlow ? SLOW_SYNC_MS : USUAL_MS);
    return result;
  }

  async #before(process: number, name: string): Promise<void> {
    if (this.isFull) {
      if (name === 'append' || name === 'commitDecision') this.#options.onfired('disk-full');
      throw new StorageTrouble('disk-full', new Error('simulated'));
    }
    if (this.#isBroken) throw new StorageTrouble('storage-failed', new Error('simulated'));
    if (this.isSlow) this.#options.onfired('slow-sync');
    if (this.#fault === 'die-before' || this.#fault === 'fail-before') await this.#fire(process, this.#fault);
  }

  async #after(process: number): Promise<void> {
    if (this.#fault === 'die-after' || this.#fault === 'fail-after') await this.#fire(process, this.#fault);
  }

  async #fire(process: number, fault: WriteFault): Promise<void> {
    this.#fault = null;
    this.#options.onfired(fault);
    if (fault === 'fail-before' || fault === 'fail-after') {
      this.#isBroken = true;
      throw new StorageTrouble('storage-failed', new Error('simulated EIO'));
    }
    this.#options.onkill();
    await this.#pass(process, 0);
  }

  /** Some time; for ever when the process has died. */
  async #pass(process: number, ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#options.random() * ms));
    if (process !== this.#process) await new Promise(() => undefined);
  }
}
