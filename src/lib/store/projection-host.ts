/**
 * A projection worker's whole life, without the worker: keeps projections in memory, follows those that other tabs
 * write, and writes them itself while it holds the lock.
 */
import { err, ok, type Result } from '#lib/domain/result.ts';
import { databaseNamed, openDatabase, type Database } from './database.ts';
import { failureOf, type StoreFailure } from './failure.ts';
import { makeOverview } from './overview.ts';
import { overviewGround } from './overview-ground.ts';
import { dropOtherFormat } from './projection-format.ts';
import { contendForProjection, type ProjectionLock } from './projection-lock.ts';
import { ProjectionMemory } from './projection-memory.ts';
import { ProjectionQuestions } from './projection-questions.ts';
import { WrittenByAnother } from './projection-step.ts';
import { Projector } from './projector.ts';
import { keepOverview } from './stored-overview.ts';
import { joinTabs, type ProjectionStep, type TabMessage, type Tabs } from './tabs.ts';

export interface HostOptions {
  readonly newId: () => string;
  /** ISO instant. */
  readonly now: () => string;
  /** Projections changed: ask again. */
  readonly onchange: () => void;
  /** What cannot happen did, or the disk refused a step; it is tried again with the next rows. */
  readonly onfault: (fault: unknown) => void;
}

export interface OpenOptions {
  /** Whether the workspace has a server. */
  readonly isShared: boolean;
}

/** Milliseconds after the last step until the overview is made again, and until a failed document is tried again. */
const OVERVIEW_AFTER_MS = 100;
const RETRY_AFTER_MS = 5000;
const POLL_MS = 20;

export class ProjectionHost {
  readonly questions: ProjectionQuestions;
  readonly #database: Database;
  readonly #memory: ProjectionMemory;
  readonly #projector: Projector;
  readonly #options: HostOptions;
  readonly #waiting = new Set<string>();
  #isShared = false;
  #isHolder = false;
  #tabs: Tabs | null = null;
  #lock: ProjectionLock | null = null;
  /** Everything that reads or writes projections goes one after the other. */
  #work: Promise<void> = Promise.resolve();
  #overviewTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(database: string, options: HostOptions) {
    // Derived tables can be made again: their writes need not wait for the disk.
    this.#database = databaseNamed(database, {}, 'relaxed');
    this.#memory = new ProjectionMemory(this.#database);
    this.questions = new ProjectionQuestions(this.#database, this.#memory, options.now);
    this.#options = options;
    this.#projector = new Projector(this.#database, this.#memory, {
      newId: options.newId,
      isShared: () => this.#isShared,
      onsetaside: (document) => this.#tabs?.tell({ kind: 'rows-taken', document }),
    });
  }

  /** Loads what is projected, and from then on keeps it current. */
  async open({ isShared }: OpenOptions): Promise<Result<null, StoreFailure>> {
    const opened = await openDatabase(this.#database);
    if (!opened.ok) return opened;
    this.#isShared = isShared;
    this.#tabs = joinTabs(this.#database.name, (message) => this.#hear(message));
    const loading = this.#load();
    this.#work = loading.then(() => undefined);
    const loaded = await loading;
    if (!loaded.ok) return loaded;
    this.#lock = contendForProjection(this.#database.name, () => this.#hold());
    return loaded;
  }

  /** Says whether the page is seen: a hidden one lets another write. */
  visible(isVisible: boolean): void {
    this.#lock?.visible(isVisible);
  }

  /** Says that the workspace has a server from now on. */
  shared(): void {
    this.#isShared = true;
  }

  /** Resolves when every row written so far is in the projections; used where somebody waits for the result. */
  async settled(): Promise<void> {
    do {
      this.#enqueue(() => this.#projectBehind());
      await this.#drained();
      // Another worker may be the one that writes: its steps arrive while this one waits.
      if (!this.#isHolder) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    } while ((await this.#projector.behind()).length > 0);
  }

  async close(): Promise<void> {
    clearTimeout(this.#overviewTimer);
    clearTimeout(this.#retryTimer);
    await this.#lock?.close();
    this.#tabs?.close();
    await this.#work;
    this.#database.close();
  }

  async #load(): Promise<Result<null, StoreFailure>> {
    try {
      await this.#memory.load();
      return ok(null);
    } catch (thrown) {
      return err(failureOf(thrown));
    }
  }

  #hear(message: TabMessage): void {
    if (message.kind === 'projected') this.#enqueue(() => this.#follow(message.step));
    if (message.kind === 'rows-added') this.#await(message.documents);
    if (message.kind === 'rows-taken') this.#await([message.document]);
  }

  /** From here on this worker writes, until the function it gives back is called. */
  #hold(): () => Promise<void> {
    this.#isHolder = true;
    this.#enqueue(async () => {
      await dropOtherFormat(this.#database);
      await this.#memory.catchUp();
      await this.#projectBehind();
    });
    return async () => {
      this.#isHolder = false;
      await this.#drained();
      this.#projector.rest();
    };
  }

  #await(documents: readonly string[]): void {
    if (!this.#isHolder) return this.#lock?.wanted();
    for (const document of documents) this.#waiting.add(document);
    this.#enqueue(() => this.#projectWaiting());
  }

  async #projectBehind(): Promise<void> {
    if (!this.#isHolder) return;
    for (const document of await this.#projector.behind()) this.#waiting.add(document);
    await this.#projectWaiting();
    const overview = await this.questions.overview();
    // What is "to date" changes with the day, also when nothing else does.
    if (overview?.asOf.slice(0, 10) !== this.#options.now().slice(0, 10)) this.#makeOverviewSoon();
  }

  async #projectWaiting(): Promise<void> {
    for (const document of this.#waiting) {
      if (!this.#isHolder) return;
      this.#waiting.delete(document);
      await this.#project(document);
    }
  }

  async #project(document: string): Promise<void> {
    try {
      const step = await this.#projector.project(document);
      if (step === null) return;
      this.#tabs?.tell({ kind: 'projected', step });
      this.#options.onchange();
      this.#makeOverviewSoon();
    } catch (fault) {
      if (!(fault instanceof WrittenByAnother)) this.#options.onfault(fault);
      this.#retryTimer = setTimeout(() => this.#await([document]), RETRY_AFTER_MS);
    }
  }

  async #follow(step: ProjectionStep): Promise<void> {
    await this.#memory.follow(step);
    this.#options.onchange();
  }

  #makeOverviewSoon(): void {
    clearTimeout(this.#overviewTimer);
    this.#overviewTimer = setTimeout(() => this.#enqueue(() => this.#makeOverview()), OVERVIEW_AFTER_MS);
  }

  async #makeOverview(): Promise<void> {
    // A tab that was frozen holds what others have long gone on from.
    await this.#memory.catchUp();
    const context = this.#memory.reference.context();
    if (context === null || !this.#isHolder) return;
    const figures = await makeOverview(
      await overviewGround(this.#database, this.#memory, context, this.#options.now()),
    );
    await keepOverview(this.#database, figures);
    this.#options.onchange();
  }

  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((fault: unknown) => this.#options.onfault(fault));
  }

  async #drained(): Promise<void> {
    let work;
    while (work !== this.#work) {
      work = this.#work;
      await work;
    }
  }
}
