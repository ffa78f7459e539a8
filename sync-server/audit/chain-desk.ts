/** What members may ask about the audit chain of their workspace. */
import type { EntriesAnswer, HeadAnswer } from '#lib/governance/audit/chain-wire.ts';
import { ENTRIES_A_PAGE } from '#lib/governance/audit/chain-wire.ts';
import type { AuditEntry, ToldEntry } from '#lib/governance/audit/entry.ts';
import type { KeyBytes } from '#lib/governance/audit/ed25519.ts';
import { hasRole } from '#lib/governance/rights/access.ts';
import type { Access } from '#lib/governance/rights/access.ts';
import { chainReach } from '#lib/governance/rights/rights.ts';
import { signHead } from '#lib/governance/audit/signed-head.ts';
import type { Authorised } from '../files/authorise.ts';
import type { Storage } from '../storage/storage.ts';
import { updatesOf } from './batch-updates.ts';
import { toldPage } from './tell.ts';
import type { Deciders } from '../workspace/deciders.ts';
import { accessOf, mayReceive } from '../workspace/standing.ts';

export interface ChainDeskOptions {
  readonly storage: Pick<Storage, 'audit' | 'auditHead' | 'updateHashes' | 'log'>;
  readonly key: KeyBytes;
  readonly now: () => Date;
  readonly deciders: Pick<Deciders, 'of'>;
}

export class ChainDesk {
  readonly #options: ChainDeskOptions;

  constructor(options: ChainDeskOptions) {
    this.#options = options;
  }

  /**
   * The signed head, and the hash of entry `at`: whoever remembers that hash sees whether the history still leads there.
   * Null for whoever has no role any more.
   */
  async head(by: Authorised, at: number): Promise<HeadAnswer | null> {
    const { storage, key, now } = this.#options;
    const { workspace } = by;
    if (!hasRole(await this.#accessOf(by))) return null;
    const head = await storage.auditHead(workspace);
    const hash = at === head.seq ? head.hash : await this.#hashOf(workspace, at);
    return { head: await signHead(key, workspace, head, now().toISOString()), hash };
  }

  /**
   * Null for whoever may read none of it; whoever may read a part is told no more than that part. With proofs: also the
   * hashes of the updates of each batch that is told.
   */
  async entries(by: Authorised, after: number, withProofs: boolean): Promise<EntriesAnswer | null> {
    const access = await this.#accessOf(by);
    const reach = chainReach(access);
    if (reach === 'none') return null;
    const { storage } = this.#options;
    const { entries: all, damagedAt } = await storage.audit(by.workspace, after, ENTRIES_A_PAGE);
    const entries = reach === 'whole' ? all : await this.#toldTo(access, by.workspace, all);
    return { entries, damagedAt, updates: withProofs ? await updatesOf(storage, by.workspace, entries) : [] };
  }

  async #toldTo(access: Access, workspace: string, entries: readonly AuditEntry[]): Promise<readonly ToldEntry[]> {
    const { storage, deciders } = this.#options;
    const requests = await deciders.of(workspace).requests();
    const mayRead = (document: string): boolean => mayReceive(access, document);
    return toldPage(storage, workspace, entries, { mayRead, request: (id) => requests.get(id) });
  }

  async #accessOf({ workspace, member }: Authorised): Promise<Access> {
    return accessOf(await this.#options.deciders.of(workspace).standing(member), member);
  }

  async #hashOf(workspace: string, at: number): Promise<string | null> {
    if (at === 0) return null;
    const { entries } = await this.#options.storage.audit(workspace, at - 1, 1);
    const [entry] = entries;
    return entry?.seq === at ? entry.hash : null;
  }
}
