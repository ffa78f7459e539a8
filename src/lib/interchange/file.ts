/** Any file a person drops, as a table of rows, or the reason why it is not one. (X1, X22) */
import { err, type Result } from '#lib/domain/result.ts';
import { openCsv } from './csv/open.ts';
import type { NotText } from './csv/encoding.ts';
import { openJson, type NoRecords } from './json/records.ts';
import type { Table } from './table/table.ts';

export type FileRefusal =
  | { readonly kind: 'empty-file' }
  | { readonly kind: 'too-large-file'; readonly bytes: number; readonly limit: number }
  | NotText
  | NoRecords;

/** 64 MB, some 500,000 rows: what a phone can read in pieces while the rows it makes still fit. */
export const LARGEST_FILE = 64 * 1024 * 1024;

/** Asked before a file's bytes are read at all, so that 300 MB are refused without being loaded. */
export function refuseSize(bytes: number): FileRefusal | null {
  if (bytes === 0) return { kind: 'empty-file' };
  return bytes > LARGEST_FILE ? { kind: 'too-large-file', bytes, limit: LARGEST_FILE } : null;
}

/** The rows of a CSV file, or the records of a JSON file. */
export function openTable(bytes: Uint8Array): Result<Table, FileRefusal> {
  const refusal = refuseSize(bytes.length);
  if (refusal !== null) return err(refusal);
  return isJson(bytes) ? openJson(bytes) : openCsv(bytes);
}

/** A JSON document starts with a brace or bracket; no CSV of payments does. */
function isJson(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64));
  return /^\s*(?:\{\s*["}]|\[\s*[{\]])/.test(start);
}
