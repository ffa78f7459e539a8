/** Which receipts the entries of a ledger name: whoever may read an entry may see its receipt. */
import { openLedger } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { applyRows } from '#lib/documents/replica.ts';
import type { Storage } from '../storage/storage.ts';

/** Ledgers whose receipts are kept in memory; the one asked for longest ago goes first. */
const KEPT = 16;
const PAGE_BYTES = 4 * 1024 * 1024;

interface Named {
  readonly head: number;
  readonly incarnation: string;
  readonly hashes: Promise<ReadonlySet<string>>;
}

export class LedgerReceipts {
  readonly #storage: Pick<Storage, 'head' | 'rows'>;
  readonly #kept = new Map<string, Named>();

  constructor(storage: Pick<Storage, 'head' | 'rows'>) {
    this.#storage = storage;
  }

  async has(workspace: string, ledger: string, hash: string): Promise<boolean> {
    const stands = await this.#storage.head(workspace, ledger);
    if (stands === null) return false;
    const name = `${workspace}\n${ledger}`;
    const { head, incarnation } = stands;
    const known = this.#kept.get(name);
    const isCurrent = known?.head === head && known.incarnation === incarnation;
    const named = isCurrent ? known : { head, incarnation, hashes: this.#read(workspace, ledger, head) };
    this.#kept.delete(name);
    this.#kept.set(name, named);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    try {
      return (await named.hashes).has(hash);
    } catch (cause) {
      this.#kept.delete(name);
      throw cause;
    }
  }

  async #read(workspace: string, ledger: string, head: number): Promise<ReadonlySet<string>> {
    const doc = newDocument();
    try {
      for (let after = 0; after < head;) {
        const { rows, damagedAt } = await this.#storage.rows(workspace, ledger, after, PAGE_BYTES);
        const last = rows.at(-1);
        if (last === undefined) throw new Error(`${ledger} is damaged at ${damagedAt ?? after}`);
        applyRows(
          doc,
          rows.map(({ bytes }) => ({ bytes, format: 'v1' as const })),
        );
        after = last.seq;
      }
      return new Set([...openLedger(doc).entries.all()].flatMap(({ receipts }) => receipts));
    } finally {
      doc.destroy();
    }
  }
}
