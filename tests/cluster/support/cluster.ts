/** Several servers on one PostgreSQL and one Redis, all real processes. */
import { PostgresProcess } from '#tests/support/postgres-process.ts';
import { RedisProcess } from '#tests/support/redis-process.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { Balancer } from './balancer.ts';

export class Cluster {
  readonly postgres: PostgresProcess;
  readonly redis: RedisProcess;
  readonly servers: readonly ServerProcess[];
  /** One address for all servers. */
  readonly balancer: Balancer;

  private constructor(
    postgres: PostgresProcess,
    redis: RedisProcess,
    servers: readonly ServerProcess[],
    balancer: Balancer,
  ) {
    this.postgres = postgres;
    this.redis = redis;
    this.servers = servers;
    this.balancer = balancer;
  }

  static async start(count: number, more: Readonly<Record<string, string>> = {}): Promise<Cluster> {
    const [postgres, redis] = await Promise.all([PostgresProcess.start(), RedisProcess.start()]);
    const environment = {
      DATABASE_URL: await postgres.newDatabase(),
      REDIS_URL: redis.url,
      LOG_LEVEL: 'info',
      ...more,
    };
    const servers = await Promise.all(Array.from({ length: count }, () => ServerProcess.start({ environment })));
    const balancer = await Balancer.before(servers.map(({ port }) => port));
    return new Cluster(postgres, redis, servers, balancer);
  }

  server(n: number): ServerProcess {
    const server = this.servers[n];
    if (server === undefined) throw new Error(`there is no server ${n}`);
    return server;
  }

  /** The address of one server. */
  url(n: number): string {
    return this.server(n).url;
  }

  async dispose(): Promise<void> {
    this.balancer.close();
    await Promise.all(this.servers.map((server) => server.dispose()));
    await Promise.all([this.redis.kill(), this.postgres.dispose()]);
  }
}
