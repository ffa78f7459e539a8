/** Sealed content as files for people. */
import { effectiveLines, type EffectiveLine } from '#lib/documents/effective-lines.ts';
import { planSchemas } from '#lib/documents/plan.ts';
import { readRecord, type Identified, type RecordSchema, type StoredFields } from '#lib/documents/record-schema.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { ContentRecord } from '#lib/governance/approval/content.ts';
import { planCsv } from '../plan-csv.ts';
import type { Reference } from '../reference.ts';

export interface SealedFile {
  readonly name: string;
  readonly content: Blob;
}

/**
 * The snapshots byte for byte, so that `sha256sum` gives the hash: one is the whole file, of several each is a line
 * without its end.
 */
export function snapshotFile(title: string, hash: string, texts: readonly string[]): SealedFile {
  const name = `${title}, ${hash.slice(0, 16)}`;
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) {
    return { name: `${name}.json`, content: new Blob([only], { type: 'application/json' }) };
  }
  return { name: `${name}.jsonl`, content: new Blob([texts.join('\n'), '\n'], { type: 'application/jsonl' }) };
}

/** The lines of sealed plans as CSV. The mark at its start tells a spreadsheet that the text is UTF-8. */
export function planFile(
  title: string,
  hash: string,
  texts: readonly string[],
  periods: readonly Period[],
  reference: Reference,
): SealedFile {
  const lines = texts.flatMap((text) => linesOf(text, periods)).filter(({ archived }) => !archived);
  lines.sort((a, b) => a.order - b.order);
  const text = `\uFEFF${planCsv(lines, periods, reference)}`;
  return {
    name: `${title}, ${hash.slice(0, 16)}.csv`,
    content: new Blob([text], { type: 'text/csv;charset=utf-8' }),
  };
}

/** The lines of one document with what they came to. */
function linesOf(text: string, periods: readonly Period[]): readonly EffectiveLine[] {
  // The hash was checked, so it is what the decider wrote.
  const { records } = JSON.parse(text) as { readonly records: readonly ContentRecord[] };
  const { lines, drivers } = planSchemas;
  return effectiveLines(recordsOf(records, 'lines', lines), recordsOf(records, 'drivers', drivers), periods);
}

function recordsOf<R extends Identified>(
  records: readonly ContentRecord[],
  wanted: string,
  schema: RecordSchema<R>,
): readonly R[] {
  return records.flatMap(([collection, id, fields]) => {
    if (collection !== wanted) return [];
    const read = readRecord(schema, id, fields as StoredFields);
    return 'record' in read ? [read.record] : [];
  });
}
