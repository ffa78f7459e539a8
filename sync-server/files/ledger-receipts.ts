/** Which receipts the entries of a ledger name: whoever may read an entry may see its receipt. */
import { openLedger } from '#lib/documents/documents.ts';
import type { Storage } from '../storage/storage.ts';
import { readDocument } from '../workspace/read-document.ts';

/** Ledgers whose receipts are kept in memory; the one asked for longest ago goes first. */
const KEPT = 16;

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
    const named = isCurrent ? known : { head, incarnation, hashes: this.#read(workspace, ledger) };
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

  #read(workspace: string, ledger: string): Promise<ReadonlySet<string>> {
    return readDocument(
      this.#storage,
      workspace,
      ledger,
      (doc) => new Set([...openLedger(doc).entries.all()].flatMap(({ receipts }) => receipts)),
    );
  }
}
