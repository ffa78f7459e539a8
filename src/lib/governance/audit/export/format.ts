/**
 * The file an audit chain is exported in: lines of canonical JSON. The first says whose chain it is, which entries and
 * the signed heads they must lead to; then one line an entry, each followed, where asked for, by the hashes of its
 * batch's updates. (A11 to A13)
 */
import * as v from 'valibot';
import { canonicalJson, type JsonValue } from '#lib/domain/json.ts';
import { fullDigest } from '../../digest.ts';
import { count, hash, id } from '../../schema/fields.ts';
import { signedHead } from '../entry-schema.ts';
import type { SignedHead } from '../signed-head.ts';
import { WITHHELD, type ToldEntry } from '../entry.ts';

/** The second has entries whose contents were withheld; a verifier that knows only the first says it is no export. */
const FORMATS = ['outlay audit 1', 'outlay audit 2'] as const;

/** What stands in a file. */
export interface ChainExport {
  readonly workspace: string;
  /** In their order, without holes. */
  readonly entries: readonly ToldEntry[];
  /** In order of their numbers; the last one is that of the last entry. */
  readonly heads: readonly SignedHead[];
  /** Hashes of the updates of a batch, by the number of its entry. */
  readonly updates?: ReadonlyMap<number, readonly string[]>;
}

export interface ExportHeader {
  readonly format: (typeof FORMATS)[number];
  readonly workspace: string;
  readonly first: number;
  readonly last: number;
  /** Hash of the entry before the first. */
  readonly before: string;
  readonly heads: readonly SignedHead[];
  /** SHA-256 over everything above. */
  readonly digest: string;
}

export const exportHeader: v.GenericSchema<unknown, ExportHeader> = v.strictObject({
  format: v.picklist(FORMATS),
  workspace: id,
  first: v.pipe(count, v.minValue(1)),
  last: count,
  before: hash,
  heads: v.pipe(v.array(signedHead), v.minLength(1), v.readonly()),
  digest: hash,
});

/** The lines of a file, each with its end. `entries` must not be empty. */
export function* exportLines({ workspace, entries, heads, updates = new Map() }: ChainExport): Generator<string> {
  const [first, last] = [entries[0], entries.at(-1)];
  const stated = {
    format: FORMATS[entries.some(({ contents }) => contents === WITHHELD) ? 1 : 0],
    workspace,
    first: first?.seq ?? 0,
    last: last?.seq ?? 0,
    before: first?.previous ?? '',
    heads: heads.map((head) => ({ ...head })),
  };
  yield line({ ...stated, digest: fullDigest(stated) });
  for (const entry of entries) {
    yield line(entry as unknown as JsonValue);
    const hashes = updates.get(entry.seq);
    if (hashes) yield line({ updatesOf: entry.seq, hashes });
  }
}

function line(value: JsonValue): string {
  return `${canonicalJson(value)}\n`;
}
