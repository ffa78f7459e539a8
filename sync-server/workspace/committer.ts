/**
 * Group commit. What arrives in one turn of the event loop, or while a commit is under way, is written in one
 * transaction; only then is it acknowledged and passed on, in the order in which it was written.
 */
import { StorageTrouble } from '../storage/storage.ts';
import type { Appended, IncomingRow, Storage } from '../storage/storage.ts';
import type { Right } from './standing.ts';

/** Whoever hands in rows: a channel of a device, or a connection of a stock client. */
export interface Submitter {
  /** False once the channel has ended: rows still waiting are not written. */
  readonly isOpen: boolean;
  /** Whether it may write, as things stand: asked again in the turn in which the row is written. */
  readonly right: Right;
  /** Called for each row in turn, after the commit; `n` is the number it was handed in with. */
  settled(n: number, row: IncomingRow, appended: Appended): void;
  /** Called once after all rows of a commit have settled. */
  committed(): void;
  /** The row was not written and never will be: the channel has ended already, or has to begin anew. */
  unsettled(row: IncomingRow): void;
}

export interface Commit {
  readonly row: IncomingRow;
  readonly seq: number;
  readonly bound: readonly { readonly client: number; readonly member: string }[];
  readonly from: Submitter | null;
}

/** `disk-full` and `unreachable` pass by themselves, and are tried again. */
export type WriteState = 'writable' | 'disk-full' | 'unreachable' | 'storage-failed';

interface Submission {
  readonly row: IncomingRow;
  readonly n: number;
  readonly from: Submitter;
  /** By a clock that only goes forward. */
  readonly atMs: number;
}

type Task = { readonly kind: 'row'; readonly submission: Submission } | { readonly kind: 'job'; readonly run: Job };
type Job = () => Promise<void>;

export interface CommitterOptions {
  readonly storage: Storage;
  /** New rows in the order they were written: to be passed on. */
  readonly oncommit: (commits: readonly Commit[]) => void;
  /** Seconds that each row of a transaction waited, from being handed in to being on disk. */
  readonly onwritten: (seconds: readonly number[]) => void;
  readonly onstate: (state: WriteState, cause: unknown) => void;
  /** Something failed that is not the disk's fault. */
  readonly onfault: (cause: unknown) => void;
  readonly probeEveryMs: number;
}

/** A database that is restarted is away for a second or two; people are not to wait for more. */
const RECONNECT_EVERY_MS = 500;

export class Committer {
  readonly #options: CommitterOptions;
  #tasks: Task[] = [];
  #running: Promise<void> | null = null;
  #state: WriteState = 'writable';
  #probe: NodeJS.Timeout | null = null;

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  get state(): WriteState {
    return this.#state;
  }

  submit(from: Submitter, n: number, row: IncomingRow): void {
    this.#enqueue({ kind: 'row', submission: { row, n, from, atMs: performance.now() } });
  }

  /** Runs a transaction of its own in its turn between the rows; what it commits is passed on in order. */
  alone<T>(job: () => Promise<{ readonly commits: readonly Commit[]; readonly value: T }>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = async (): Promise<void> => {
        try {
          const { commits, value } = await job();
          this.#options.oncommit(commits);
          resolve(value);
        } catch (cause) {
          this.#note(cause);
          reject(cause instanceof Error ? cause : new Error('a commit failed', { cause }));
        }
      };
      this.#enqueue({ kind: 'job', run });
    });
  }

  /** Works on the storage while commits go on; a failure is noted as if a commit had failed. */
  async beside(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      this.#note(cause);
    }
  }

  /** The disk failed at something else than a commit. */
  failed(trouble: StorageTrouble): void {
    this.#note(trouble);
  }

  /** Resolves when everything handed in so far has been written or has failed. */
  async close(): Promise<void> {
    await this.#running;
    if (this.#probe !== null) clearTimeout(this.#probe);
  }

  #enqueue(task: Task): void {
    this.#tasks.push(task);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // Lets every frame that has already arrived join the first batch.
    await new Promise(setImmediate);
    while (this.#tasks.length > 0) {
      const tasks = this.#tasks;
      this.#tasks = [];
      for (const group of inGroups(tasks)) await this.#work(group);
      await new Promise(setImmediate);
    }
    this.#running = null;
  }

  async #work(group: Group): Promise<void> {
    try {
      if (group.kind === 'job') await group.run();
      else await this.#write(group.submissions);
    } catch (cause) {
      // Somebody who was told of a commit failed at it; the commit stands, and the others are to hear of theirs.
      this.#options.onfault(cause);
    }
  }

  async #write(waiting: readonly Submission[]): Promise<void> {
    const submissions: Submission[] = [];
    for (const submission of waiting) {
      if (submission.from.isOpen) submissions.push(submission);
      else submission.from.unsettled(submission.row);
    }
    const appended = await this.#appendAllowed(submissions);
    if (appended === null) {
      for (const { from, row } of submissions) from.unsettled(row);
      return;
    }
    const senders = new Set(submissions.map(({ from }) => from));
    const commits: Commit[] = [];
    for (const [index, { row, n, from }] of submissions.entries()) {
      const result = appended[index];
      if (result === undefined) continue;
      from.settled(n, row, result);
      if (result.kind === 'appended') commits.push({ row, seq: result.seq, bound: result.bound, from });
    }
    this.#options.oncommit(commits);
    for (const sender of senders) sender.committed();
    const doneMs = performance.now();
    if (submissions.length > 0) this.#options.onwritten(submissions.map(({ atMs }) => (doneMs - atMs) / 1000));
  }

  /** What each row came to. A right that was taken away while rows waited holds for them too. */
  async #appendAllowed(submissions: readonly Submission[]): Promise<readonly Appended[] | null> {
    const rights = submissions.map(({ from }) => from.right);
    const allowed = submissions.flatMap(({ row }, index) => {
      const right = rights[index];
      return right?.refusal === null ? [{ ...row, epoch: right.epoch }] : [];
    });
    const appended = await this.#append(allowed);
    if (appended === null) return null;
    let next = 0;
    return rights.flatMap(({ refusal }) => {
      if (refusal !== null) return [{ kind: 'refused', reason: refusal } as const];
      const result = appended[next++];
      return result === undefined ? [] : [result];
    });
  }

  /** Null when nothing could be written. */
  async #append(rows: readonly IncomingRow[]): Promise<readonly Appended[] | null> {
    if (this.#state !== 'writable') return null;
    if (rows.length === 0) return [];
    try {
      return await this.#options.storage.append(rows);
    } catch (cause) {
      this.#note(cause);
      return null;
    }
  }

  #note(cause: unknown): void {
    // After a failed sync the system may have forgotten the pages that it could not write, and a second sync would
    // succeed without them. So nothing is acknowledged any more until somebody has looked and started the server again.
    if (!(cause instanceof StorageTrouble)) {
      this.#options.onfault(cause);
      return;
    }
    const passes = cause.kind === 'disk-full' || cause.kind === 'unreachable';
    const state = passes ? cause.kind : 'storage-failed';
    if (this.#state === 'storage-failed' || this.#state === state) return;
    this.#state = state;
    this.#options.onstate(state, cause);
    if (passes) this.#probeLater();
  }

  #probeLater(): void {
    if (this.#probe !== null) clearTimeout(this.#probe);
    const isGone = this.#state === 'unreachable';
    this.#probe = setTimeout(() => void this.#probeNow(), isGone ? RECONNECT_EVERY_MS : this.#options.probeEveryMs);
    this.#probe.unref();
  }

  async #probeNow(): Promise<void> {
    try {
      await this.#options.storage.probe();
    } catch {
      this.#probeLater();
      return;
    }
    if (this.#state === 'storage-failed') return;
    this.#state = 'writable';
    this.#options.onstate('writable', null);
  }
}

type Group =
  { readonly kind: 'rows'; readonly submissions: Submission[] } | { readonly kind: 'job'; readonly run: Job };

/** Rows next to each other are one group; a job stands alone. */
function inGroups(tasks: readonly Task[]): readonly Group[] {
  const groups: Group[] = [];
  for (const task of tasks) {
    const last = groups.at(-1);
    if (task.kind === 'job') groups.push(task);
    else if (last?.kind === 'rows') last.submissions.push(task.submission);
    else groups.push({ kind: 'rows', submissions: [task.submission] });
  }
  return groups;
}
