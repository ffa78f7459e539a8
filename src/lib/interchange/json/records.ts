/** Payments as a JSON list of records, with what the file states about itself beside them. (X22) */
import { currencyOf } from '#lib/domain/money/currency.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Table, TableRow } from '../table/table.ts';

export interface NoRecords {
  readonly kind: 'no-records';
  /** Whether the text is JSON at all. */
  readonly isJson: boolean;
}

/** The longest list of objects in the document becomes the rows: their keys are the header, line 0; line n is record n. */
export function openJson(bytes: Uint8Array): Result<Table, NoRecords> {
  const document = parsed(bytes);
  if (document === undefined) return err({ kind: 'no-records', isJson: false });
  const records = longestList(document);
  if (records === undefined) return err({ kind: 'no-records', isJson: true });
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];

  function* batches(): Generator<{ rows: TableRow[]; done: number }, void> {
    const rows = (records ?? []).map((record, i) => ({
      line: i + 1,
      cells: names.map((name) => cellOf(record[name])),
      broken: false,
    }));
    yield { rows: [{ line: 0, cells: names, broken: false }, ...rows], done: 1 };
  }
  return ok({ batches, currency: statedCurrency(document) });
}

type JsonRecord = Readonly<Record<string, unknown>>;

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function longestList(document: unknown): readonly JsonRecord[] | undefined {
  const lists = Array.isArray(document) ? [document] : isRecord(document) ? Object.values(document) : [];
  let longest: readonly JsonRecord[] | undefined;
  for (const list of lists) {
    if (!Array.isArray(list) || list.length === 0) continue;
    const items: readonly unknown[] = list;
    if (items.every(isRecord) && items.length > (longest?.length ?? 0)) longest = items;
  }
  return longest;
}

/** Numbers as the shortest text that reads back as them: for up to 15 figures, what the file says. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function statedCurrency(document: unknown): string | null {
  if (!isRecord(document)) return null;
  for (const part of [document, ...Object.values(document).filter(isRecord)]) {
    const code = part['currency'];
    if (typeof code === 'string' && currencyOf(code) !== undefined) return code;
  }
  return null;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
