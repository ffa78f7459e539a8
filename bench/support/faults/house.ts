/** Where the people of the cycles work: one server on a file of its own, or two on one database. */
import path from 'node:path';
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { RedisProcess } from '#tests/support/redis-process.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import type { ProcessOptions } from '#tests/support/server-process.ts';
import type { SeededBug } from './seeded-bugs.ts';

export type StorageKind = 'sqlite' | 'postgres';

export interface SharedHouse {
  readonly postgres: PostgresProcess;
  readonly redis: RedisProcess;
  /** Address of the database that the servers use; another one after a copy was restored. */
  database: string;
}

/** What the server says of faults made on purpose is not for whoever reads the bench. */
const QUIET = { LOG_LEVEL: 'silent' };
const SERVERS_SHARING = 2;

export class House {
  readonly servers: readonly ServerProcess[];
  readonly shared: SharedHouse | null;
  readonly #bug: SeededBug | null;

  private constructor(servers: readonly ServerProcess[], shared: SharedHouse | null, bug: SeededBug | null) {
    this.servers = servers;
    this.shared = shared;
    this.#bug = bug;
  }

  /** `bug`: a mistake that its servers make, for the self-test. */
  static async open(shared: SharedHouse | null, bug: SeededBug | null): Promise<House> {
    const servers: ServerProcess[] = [];
    const count = shared === null ? 1 : SERVERS_SHARING;
    while (servers.length < count) servers.push(await ServerProcess.start(optionsFor(shared, bug)));
    return new House(servers, shared, bug);
  }

  /** Starts a server that has ended: as it always is, unless told otherwise. */
  startAgain(
    server: ServerProcess,
    { flags = [], environment = {} }: Pick<ProcessOptions, 'flags' | 'environment'> = {},
  ): Promise<void> {
    const usual = optionsFor(this.shared, this.#bug);
    return server.startAgain({
      flags: [...usual.flags, ...flags],
      environment: { ...usual.environment, ...environment },
    });
  }

  async dispose(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.dispose()));
    if (this.shared !== null) await this.shared.postgres.drop(this.shared.database);
  }
}

/** Houses one after the other; with a database, all in one PostgreSQL that is started for them. */
export class Street {
  readonly #running: Pick<SharedHouse, 'postgres' | 'redis'> | null;

  private constructor(running: Pick<SharedHouse, 'postgres' | 'redis'> | null) {
    this.#running = running;
  }

  static async of(storage: StorageKind): Promise<Street> {
    if (storage === 'sqlite') return new Street(null);
    const [postgres, redis] = await Promise.all([PostgresProcess.start(), RedisProcess.start()]);
    return new Street({ postgres, redis });
  }

  async nextHouse(bug: SeededBug | null): Promise<House> {
    const running = this.#running;
    return House.open(running === null ? null : { ...running, database: await running.postgres.newDatabase() }, bug);
  }

  async close(): Promise<void> {
    if (this.#running === null) return;
    await Promise.all([this.#running.redis.kill(), this.#running.postgres.dispose()]);
  }
}

function optionsFor(shared: SharedHouse | null, bug: SeededBug | null): Required<Omit<ProcessOptions, 'program'>> {
  const mistaken = bug === null ? {} : { BUG: bug };
  const at = shared === null ? {} : { DATABASE_URL: shared.database, REDIS_URL: shared.redis.url };
  return {
    flags: bug === null ? [] : ['--import', path.join(import.meta.dirname, 'mistaken-server.ts')],
    environment: { ...QUIET, ...mistaken, ...at },
  };
}
