/** The provider of identities as a child process, for a server at a port. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export class OidcProcess {
  readonly issuer: string;
  readonly #child: ChildProcess;

  private constructor(issuer: string, child: ChildProcess) {
    this.issuer = issuer;
    this.#child = child;
  }

  /** `apps`: addresses at which the app is reached. */
  static async start(port: number, apps: readonly string[]): Promise<OidcProcess> {
    const redirects = apps.map((app) => `${app}/sign-in/return`).join(',');
    const script = path.join(import.meta.dirname, 'oidc-server.ts');
    const child = spawn(process.execPath, [script, String(port), redirects], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    return new OidcProcess(`http://localhost:${port}`, child);
  }

  /** What a server is told about it. */
  static environment(port: number): Readonly<Record<string, string>> {
    return {
      OIDC_ISSUER: `http://localhost:${port}`,
      OIDC_CLIENT_ID: 'outlay',
      OIDC_CLIENT_SECRET: 'not a secret',
    };
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}
