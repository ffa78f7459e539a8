/** A real Redis on a free port that keeps nothing on disk, and can be killed, started again and emptied. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';
import { freePort } from './server-process.ts';

export class RedisProcess {
  readonly port: number;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<RedisProcess> {
    const redis = new RedisProcess(await freePort());
    await redis.startAgain();
    return redis;
  }

  get url(): string {
    return `redis://localhost:${this.port}`;
  }

  /** Starts the process on the same port; resolves when it answers. */
  async startAgain(): Promise<void> {
    const settings = ['--port', String(this.port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1', '::1'];
    const child = spawn('redis-server', settings, { stdio: 'ignore' });
    this.#child = child;
    for (const deadline = Date.now() + 10_000; ;) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error('Redis did not start.');
      try {
        await this.tell('PING');
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    }
  }

  /** One command on a connection of its own. */
  async tell(...command: string[]): Promise<unknown> {
    const client = createClient({ url: this.url, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.sendCommand(command);
    } finally {
      client.destroy();
    }
  }

  /** Stops answering with every connection open, as a network that was cut. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
