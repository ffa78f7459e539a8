/** The app served from a folder that can be exchanged while browsers have it open, as a deployment does. */
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { appDoor } from '#tests/support/app-door.ts';

const builtApp = path.resolve(import.meta.dirname, '..', '..', '..', 'build');

export class ServedFolder {
  readonly #server: Server;
  readonly #copies: string[] = [];
  #answer = appDoor(builtApp);

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<ServedFolder> {
    const served = new ServedFolder();
    served.#server.listen(0, 'localhost');
    await once(served.#server, 'listening');
    return served;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on a later version is served: the same app, whose page says `version`. */
  deploy(version: string): void {
    const copy = mkdtempSync(path.join(os.tmpdir(), 'outlay-app-'));
    this.#copies.push(copy);
    cpSync(builtApp, copy, { recursive: true });
    change(copy, 'index.html', (page) => page.replace('<head>', `<head><meta name="deployed" content="${version}">`));
    change(copy, 'sw.js', (worker) => worker.replace(/(url:"index\.html",revision:")/, `$1${version}-`));
    this.#answer = appDoor(copy);
  }

  async dispose(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    for (const copy of this.#copies) rmSync(copy, { recursive: true, force: true });
  }
}

function change(folder: string, name: string, edit: (text: string) => string): void {
  const file = path.join(folder, name);
  const before = readFileSync(file, 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`${name} is not built the way this test expects.`);
  writeFileSync(file, after);
  // What was made smaller before is of the old text.
  for (const suffix of ['.br', '.gz']) rmSync(`${file}${suffix}`, { force: true });
}
