/** A CSV file as a table: encoding, line ends and delimiter decided, rows read in pieces. (X1 to X4) */
import { ok, type Result } from '#lib/domain/result.ts';
import type { RowBatch, Table } from '../table/table.ts';
import { decideDelimiter, type Delimiter } from './delimiter.ts';
import { decideEncoding, type Encoding, type NotText } from './encoding.ts';
import { csvSplitter } from './split.ts';

export interface CsvTable extends Table {
  readonly encoding: Encoding['name'];
  readonly delimiter: Delimiter;
}

/** Bytes decoded at a time: no text or rows beyond this are held. */
const PIECE = 262_144;
const HEAD = 65_536;

/** `bytes` are not copied and must not change while the table is in use. */
export function openCsv(bytes: Uint8Array): Result<CsvTable, NotText> {
  const encoding = decideEncoding(bytes);
  if (!encoding.ok) return encoding;
  const { name, mark } = encoding.value;
  const head = new TextDecoder(name).decode(bytes.subarray(mark, mark + HEAD), { stream: bytes.length > HEAD + mark });
  const endsWithCr = !head.includes('\n') && head.includes('\r');
  const { delimiter, stated } = decideDelimiter(endsWithCr ? head.replaceAll('\r', '\n') : head);

  function* batches(): Generator<RowBatch, void> {
    const decoder = new TextDecoder(name);
    const splitter = csvSplitter(delimiter);
    let first = stated;
    for (let at = mark; at < bytes.length; at += PIECE) {
      const last = at + PIECE >= bytes.length;
      const text = decoder.decode(bytes.subarray(at, at + PIECE), { stream: !last });
      const rows = splitter.push(endsWithCr ? text.replaceAll('\r', '\n') : text);
      if (last) rows.push(...splitter.end());
      if (first && rows.length > 0) first = rows.shift() === undefined;
      yield { rows, done: Math.min((at + PIECE) / bytes.length, 1) };
    }
  }

  return ok({ batches, currency: null, encoding: name, delimiter });
}
