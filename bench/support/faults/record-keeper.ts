/**
 * Looks at the record that the servers of the cycles keep: in their storage itself, as a power cut would leave it now,
 * and by the signed head of the audit chain, which a device remembers from one cycle to the next.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rememberedAfter } from '#lib/governance/audit/remembered.ts';
import type { RememberedChain } from '#lib/governance/audit/remembered.ts';
import { ChainLine } from '#lib/sync/chain-line.ts';
import { openPostgres } from '#server/storage/postgres.ts';
import { openSqlite } from '#server/storage/sqlite.ts';
import type { Storage } from '#server/storage/storage.ts';
import { recordFaults } from '#tests/support/record.ts';
import type { RecordFaults } from '#tests/support/record.ts';
import type { ServerProcess } from '#tests/support/server-process.ts';
import type { Person } from '#tests/sync/support/person.ts';
import type { House } from './house.ts';

/** Whose record it is: the servers, the one that the founder uses, and the founder's device. */
interface Owner {
  readonly house: House;
  readonly server: ServerProcess;
  readonly founder: Person;
}

const FILES = ['outlay.sqlite', 'outlay.sqlite-wal'];

export class RecordKeeper {
  readonly #owner: Owner;
  #remembered: RememberedChain | null = null;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  /** After a cycle. `wentBack`: the servers go on from a copy of earlier, which the device must notice. */
  async faults(wentBack: boolean): Promise<RecordFaults> {
    const { workspace } = this.#owner.founder;
    const noticed = await this.look();
    const head = this.#remembered?.head;
    const { forbidden, broken } = await this.read((storage) => recordFaults(storage, workspace, head ? [head] : []));
    const isRight = wentBack ? noticed.length > 0 : noticed.length === 0;
    return {
      forbidden,
      broken: [...broken, ...(isRight ? [] : [`a device noticed of the chain: ${noticed.join(', ') || 'nothing'}`])],
    };
  }

  /** Reads the storage of the servers, which may be running or dead. */
  async read<T>(work: (storage: Storage) => Promise<T>): Promise<T> {
    const { shared } = this.#owner.house;
    if (shared === null) return this.#readCopy(work);
    const storage = await openPostgres(shared.database, () => undefined);
    return work(storage).finally(() => storage.close());
  }

  /** What the founder's device finds wrong with the head that it is shown now, which it remembers from here on. */
  async look(): Promise<readonly string[]> {
    const { founder, server } = this.#owner;
    const { workspace, device } = founder;
    const url = `${server.url.replace('http', 'ws')}/sync`;
    const line = new ChainLine({ url, workspace, device, serverNow: Date.now, fetch });
    const before = this.#remembered;
    const answer = await line.head(before?.head.seq ?? 0);
    if (!answer.ok) return [answer.error];
    this.#remembered = await rememberedAfter(before, answer.value, workspace, new Date().toISOString());
    return (this.#remembered?.findings ?? []).slice(before?.findings.length ?? 0).map(({ why }) => why);
  }

  /** The file belongs to its server: it is copied while that one stands still in the middle of whatever it does. */
  async #readCopy<T>(work: (storage: Storage) => Promise<T>): Promise<T> {
    const { server } = this.#owner;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'outlay-record-'));
    await server.freeze();
    for (const name of FILES) {
      const file = path.join(server.dataDir, name);
      if (existsSync(file)) copyFileSync(file, path.join(folder, name));
    }
    server.thaw();
    const storage = openSqlite(path.join(folder, 'outlay.sqlite'));
    return work(storage).finally(async () => {
      await storage.close();
      rmSync(folder, { recursive: true });
    });
  }
}
