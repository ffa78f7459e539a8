/** The real server as a child process on a port of its own, with a data folder that outlives its death. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Secret of the set-up link of every server started here. */
export const SETUP_TOKEN = 'set-up-link-of-a-server-that-a-test-started';

export interface ProcessOptions {
  /** What is run, from the project's root: our server unless said otherwise. It answers HTTP on `PORT`. */
  readonly program?: string;
  /** For Node, before the program. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export class ServerProcess {
  readonly port: number;
  readonly dataDir: string;
  #options: ProcessOptions;
  /** What the process has said on its error stream. */
  said = '';
  #child: ChildProcess | undefined;
  /** Its standard output since it was last started. */
  #words = '';

  private constructor(port: number, dataDir: string, options: ProcessOptions) {
    this.port = port;
    this.dataDir = dataDir;
    this.#options = options;
  }

  /** Starts a server on a free port with a fresh data folder. */
  static async start(options: ProcessOptions = {}): Promise<ServerProcess> {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'outlay-'));
    const server = new ServerProcess(await freePort(), dataDir, options);
    await server.startAgain();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Where devices connect. */
  get socketUrl(): string {
    return `ws://localhost:${this.port}/sync`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** What it ended with; null while it runs, or when it was killed. */
  get exitCode(): number | null {
    return this.#child?.exitCode ?? null;
  }

  /** Whether it has said this on its standard output since it was last started. */
  hasSaid(words: string): boolean {
    return this.#words.includes(words);
  }

  /** Whether the process ends by itself in so many milliseconds. */
  async ends(withinMs: number): Promise<boolean> {
    const isRunning = (): boolean => this.#child?.exitCode === null && this.#child.signalCode === null;
    for (const deadline = Date.now() + withinMs; isRunning() && Date.now() < deadline;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return !isRunning();
  }

  /** Starts the process on the same port and data; resolves when it answers. */
  async startAgain(options: ProcessOptions = this.#options): Promise<void> {
    this.#options = options;
    const { program = 'sync-server/main.ts', flags = [], environment = {} } = this.#options;
    this.#child = spawn(process.execPath, [...flags, path.join(root, program)], {
      cwd: root,
      env: {
        LOG_LEVEL: 'error',
        ...process.env,
        PORT: String(this.port),
        HOST: 'localhost',
        DATA_DIR: this.dataDir,
        SETUP_TOKEN,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.said += text.toString();
      process.stderr.write(text);
    });
    this.#words = '';
    this.#child.stdout?.on('data', (text: Buffer) => (this.#words += text.toString()));
    const deadline = Date.now() + 20_000;
    while (!(await answers(this.url))) {
      if (this.#child.exitCode !== null) throw new Error(`The server ended with code ${this.#child.exitCode}.`);
      if (Date.now() > deadline) throw new Error('The server did not answer within 20 s.');
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Ends it without warning, as a power cut would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks it to stop. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Stands still until `thaw`, in the middle of whatever it does. */
  async freeze(): Promise<void> {
    this.#child?.kill('SIGSTOP');
    // The signal takes a moment to reach every thread.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Stops it and throws its data away. */
  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
