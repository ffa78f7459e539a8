/** A real PostgreSQL on a free port with a data folder of its own, that can be killed and started again. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './server-process.ts';

const run = promisify(execFile);
const USER = 'outlay';
const INSTALLED = '/usr/lib/postgresql';

export class PostgresProcess {
  readonly port: number;
  readonly #folder: string;
  #child: ChildProcess | undefined;
  #databases = 0;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  static async start(): Promise<PostgresProcess> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'outlay-postgres-'));
    const owner = databaseOwner();
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
    const data = path.join(folder, 'data');
    await run(program('initdb'), ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-instructions'], owner);
    const postgres = new PostgresProcess(await freePort(), folder);
    await postgres.startAgain();
    return postgres;
  }

  /** The address of a new, empty database. */
  async newDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `outlay_${this.#databases}`;
    await this.query('postgres', `CREATE DATABASE ${name}`);
    return this.#url(name);
  }

  /** Takes a database away; whoever is still connected is cut off. */
  async drop(url: string): Promise<void> {
    await this.query('postgres', `DROP DATABASE ${nameOf(url)} WITH (FORCE)`);
  }

  /** Starts the process on the same port and data; resolves when it answers. */
  async startAgain(): Promise<void> {
    const settings = [`port=${this.port}`, 'listen_addresses=localhost', `unix_socket_directories=${this.#folder}`];
    const args = ['-D', path.join(this.#folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn(program('postgres'), args, { ...databaseOwner(), stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-4000)));
    this.#child = child;
    // After a kill every file is synced once before it answers, which takes its time on a busy disk.
    for (const deadline = Date.now() + 60_000; ;) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${said}`);
      try {
        await this.query('postgres', 'SELECT 1');
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** Ends every process of it without writing anything, as `pg_ctl stop -m immediate` does: a power cut. */
  kill(): Promise<void> {
    return this.#end('SIGQUIT');
  }

  /** Stops answering with every connection open; the processes that serve connections are stopped too. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One statement on a connection of its own, to a database's name or address. */
  async query(database: string, text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.#url(nameOf(database)) });
    // Killed in the middle, the connection says so twice.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  #url(database: string): string {
    return `postgres://${USER}@localhost:${this.port}/${database}`;
  }

  #signal(signal: NodeJS.Signals): void {
    const parent = this.#child?.pid;
    if (parent === undefined) return;
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
    process.kill(parent, signal);
    for (const pid of children.filter((text) => text !== '').map(Number)) signalIfThere(pid, signal);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** A process that serves a connection may end in the instant between being listed and being told. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

function nameOf(database: string): string {
  return database.slice(database.lastIndexOf('/') + 1);
}

/** The newest installed version's program, 15 at least. */
function program(name: string): string {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).map(Number) : [];
  const newest = Math.max(0, ...versions.filter((version) => version >= 15));
  const found = path.join(INSTALLED, String(newest), 'bin', name);
  return existsSync(found) ? found : name;
}

/** PostgreSQL refuses to run as root: then it runs as the user its package made, or as nobody. */
function databaseOwner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return {};
}
