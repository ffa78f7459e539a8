/** What members may ask about the audit chain of their workspace. */
import type { EntriesAnswer, HeadAnswer } from '#lib/governance/audit/chain-wire.ts';
import { ENTRIES_A_PAGE } from '#lib/governance/audit/chain-wire.ts';
import type { KeyBytes } from '#lib/governance/audit/ed25519.ts';
import { mayReadChain } from '#lib/governance/audit/chain-rights.ts';
import { hasRole } from '#lib/governance/rights/access.ts';
import type { Access } from '#lib/governance/rights/access.ts';
import { signHead } from '#lib/governance/audit/signed-head.ts';
import type { Authorised } from '../files/authorise.ts';
import type { Storage } from '../storage/storage.ts';
import { updatesOf } from './batch-updates.ts';
import type { Deciders } from '../workspace/deciders.ts';
import { accessOf } from '../workspace/standing.ts';

export interface ChainDeskOptions {
  readonly storage: Pick<Storage, 'audit' | 'auditHead' | 'updateHashes'>;
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

  /** Null for whoever may not read everything. With proofs: also the hashes of the updates of each batch. */
  async entries(by: Authorised, after: number, withProofs: boolean): Promise<EntriesAnswer | null> {
    if (!mayReadChain(await this.#accessOf(by))) return null;
    const { storage } = this.#options;
    const page = await storage.audit(by.workspace, after, ENTRIES_A_PAGE);
    return { ...page, updates: withProofs ? await updatesOf(storage, by.workspace, page.entries) : [] };
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
