/** Takes receipts in parts and gives them out again, to those who may. */
import { LARGEST_RECEIPT, receiptType } from '#lib/domain/ledger/receipt.ts';
import type { ReceiptType } from '#lib/domain/ledger/receipt.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { isContentHash } from '#lib/sync/receipt-wire.ts';
import type { ReceiptRefusal } from '#lib/sync/receipt-wire.ts';
import type { Authorised } from './authorise.ts';
import type { ByteRange } from '../http/byte-range.ts';
import type { FilePage, FileStorage, Upload } from './file-storage.ts';
import type { LedgerReceipts } from './ledger-receipts.ts';
import type { ReceiptRights } from './receipt-rights.ts';

export interface ReceiptDeskOptions {
  readonly files: FileStorage;
  readonly rights: ReceiptRights;
  readonly ledgers: Pick<LedgerReceipts, 'has'>;
  /** Bytes of receipts that one workspace may have. */
  readonly quotaBytes: number;
  readonly onkept: (bytes: number) => void;
}

/** A whole receipt, to be read piece by piece. */
export interface GivenReceipt {
  readonly type: ReceiptType | null;
  readonly size: number;
  readonly pages: (range: ByteRange) => AsyncGenerator<Uint8Array>;
}

type Taken = { readonly kind: 'kept' } | { readonly kind: 'part'; readonly received: number };

const PAGE_BYTES = 512 * 1024;

export class ReceiptDesk {
  readonly #options: ReceiptDeskOptions;

  constructor(options: ReceiptDeskOptions) {
    this.#options = options;
  }

  /** Takes the part that begins at `from`; without bytes it only says how far the file is. */
  async take(by: Authorised, upload: Upload, from: number, bytes: Uint8Array): Promise<Result<Taken, ReceiptRefusal>> {
    const { files, rights, quotaBytes, onkept } = this.#options;
    if (!isContentHash(upload.hash) || upload.size <= 0) return err('malformed');
    if (upload.workspace !== by.workspace || !(await rights.mayGive(by, upload.document))) return err('not-allowed');
    if (upload.size > LARGEST_RECEIPT) return err('too-large');
    // Whoever knows the hash of a file does not have the file yet: each inbox that names it brings it whole.
    if ((await files.givenFor(upload.workspace, upload.hash)).includes(upload.document)) return ok({ kind: 'kept' });

    if (from === 0 && bytes.length > 0 && receiptType(bytes) === null) return err('not-a-receipt');
    if (from + bytes.length > upload.size) return err('malformed');
    const isMore = bytes.length > 0;
    if (isMore && (await files.used(upload.workspace)) + upload.size - from > quotaBytes) return err('quota-full');
    const received = await files.append(upload, from, bytes);
    if (received < upload.size) return ok({ kind: 'part', received });
    if ((await files.finish(upload)) === 'wrong-hash') return err('wrong-hash');
    onkept(upload.size);
    return ok({ kind: 'kept' });
  }

  async give(
    by: Authorised,
    { workspace, hash, document }: Omit<Upload, 'size'>,
  ): Promise<Result<GivenReceipt, ReceiptRefusal>> {
    const { files, rights } = this.#options;
    if (!isContentHash(hash)) return err('malformed');
    if (workspace !== by.workspace || !(await rights.mayHave(by, document))) return err('not-allowed');
    if (!(await this.#isNamedBy(workspace, hash, document))) return err('unknown');
    const first = await files.read(workspace, hash, 0, PAGE_BYTES);
    if (first === null) return err('unknown');
    const { size } = first;
    return ok({ type: receiptType(first.bytes), size, pages: (range) => this.#pages(workspace, hash, range, first) });
  }

  async *#pages(workspace: string, hash: string, range: ByteRange, first: FilePage): AsyncGenerator<Uint8Array> {
    for (let { from } = range; from < range.end;) {
      const wanted = Math.min(PAGE_BYTES, range.end - from);
      const isFirst = from + wanted <= first.bytes.length;
      const page = isFirst
        ? { bytes: first.bytes.subarray(from, from + wanted) }
        : await this.#options.files.read(workspace, hash, from, wanted);
      if (page === null || page.bytes.length === 0) throw new Error('a receipt ended before its end');
      yield page.bytes;
      from += page.bytes.length;
    }
  }

  async #isNamedBy(workspace: string, hash: string, document: string): Promise<boolean> {
    const { files, ledgers } = this.#options;
    if (document.startsWith('ledger/')) return ledgers.has(workspace, document, hash);
    return (await files.givenFor(workspace, hash)).includes(document);
  }
}
