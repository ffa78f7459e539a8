/** The servers that are measured: one on a file of its own, or several on one PostgreSQL and one Redis. */
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { RedisProcess } from '#tests/support/redis-process.ts';
import { ServerProcess } from '#tests/support/server-process.ts';

export interface Servers {
  readonly servers: readonly ServerProcess[];
  /** They take turns: any number names one of them. */
  readonly server: (n: number) => ServerProcess;
  readonly dispose: () => Promise<void>;
}

export async function startServers(storage: 'sqlite' | 'postgres', count: number): Promise<Servers> {
  if (storage === 'sqlite') return serversOf([await ServerProcess.start()], () => Promise.resolve());
  const [postgres, redis] = await Promise.all([PostgresProcess.start(), RedisProcess.start()]);
  const environment = { DATABASE_URL: await postgres.newDatabase(), REDIS_URL: redis.url };
  const servers: ServerProcess[] = [];
  while (servers.length < count) servers.push(await ServerProcess.start({ environment }));
  return serversOf(servers, async () => {
    await Promise.all([redis.kill(), postgres.dispose()]);
  });
}

function serversOf(servers: readonly ServerProcess[], andThen: () => Promise<void>): Servers {
  return {
    servers,
    server: (n) => servers[n % servers.length] as ServerProcess,
    dispose: async () => {
      await Promise.all(servers.map((server) => server.dispose()));
      await andThen();
    },
  };
}
