/** What stands in a pile of updates: counted, and as the hash by which two copies are told to be equal. */
import { nameFromText } from '#lib/documents/document-name.ts';
import { openCore, openInbox, openLedger, openPlan } from '#lib/documents/documents.ts';
import { newDocument, type Doc } from '#lib/documents/new-document.ts';
import { applyRows } from '#lib/documents/replica.ts';
import { reportHash } from '#lib/documents/report-hash.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';

export type ContentsRow = Pick<UpdateRow, 'document' | 'bytes' | 'format'>;

export interface Contents {
  readonly reportHash: string;
  readonly documents: number;
  readonly entries: number;
  /** Expenses in inboxes, posted ones included. */
  readonly expenses: number;
  readonly lines: number;
  readonly vendors: number;
  readonly people: number;
}

/** Loads every document once, one after the other. */
export function contentsOf(rows: readonly ContentsRow[]): Contents {
  const counts = { documents: 0, entries: 0, expenses: 0, lines: 0, vendors: 0, people: 0 };
  const documents = function* (): Generator<readonly [string, Doc]> {
    for (const [name, own] of Map.groupBy(rows, ({ document }) => document)) {
      const doc = newDocument();
      applyRows(doc, own);
      yield [name, doc];
      count(name, doc, counts);
      doc.destroy();
    }
  };
  const hash = reportHash(documents());
  return { reportHash: hash, ...counts };
}

function count(name: string, doc: Doc, counts: Record<Exclude<keyof Contents, 'reportHash'>, number>): void {
  counts.documents += 1;
  switch (nameFromText(name)?.kind) {
    case 'core': {
      const { vendors, people } = openCore(doc);
      counts.vendors += sizeOf(vendors.all());
      counts.people += sizeOf(people.all());
      break;
    }
    case 'plan':
      counts.lines += sizeOf(openPlan(doc).lines.all());
      break;
    case 'inbox':
      counts.expenses += sizeOf(openInbox(doc).expenses.all());
      break;
    case 'ledger':
      counts.entries += sizeOf(openLedger(doc).entries.all());
      break;
    default:
  }
}

function sizeOf(records: Iterable<unknown>): number {
  let size = 0;
  for (const _record of records) size += 1;
  return size;
}
