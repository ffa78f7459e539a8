/** Checking an exported chain with nothing but the file: the first line that is not what was written is named. (A11 to A14) */
import * as v from 'valibot';
import { canonicalJson, type JsonValue } from '#lib/domain/json.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';
import { verifyChain, type ChainFault } from '../chain.ts';
import { fullDigest } from '../../digest.ts';
import { toldEntry, updatesLine, type UpdatesLine } from '../entry-schema.ts';
import { EMPTY_CHAIN, WITHHELD, type ChainHead, type ToldEntry } from '../entry.ts';
import { rootOfHashes } from '../merkle.ts';
import { verifyHead, type SignedHead } from '../signed-head.ts';
import { exportHeader, type ExportHeader } from './format.ts';

export interface VerifiedExport {
  readonly workspace: string;
  readonly first: number;
  readonly last: number;
  /** Entries whose contents were erased. */
  readonly erased: number;
  /** Entries whose contents whoever exported it may not read. */
  readonly withheld: number;
  /** Batches whose updates can be shown to be in them. */
  readonly proved: number;
  /** The head it leads to: when it was signed, and with which key. */
  readonly head: SignedHead;
}

export type ExportFault =
  /** The first line. */
  | {
      readonly kind: 'header';
      readonly why: 'not-an-export' | 'changed' | 'wrong-signature' | 'other-workspace' | 'other-key';
    }
  /** Number of the first bad entry, and of the line it stands in or should stand in. */
  | {
      readonly kind: 'entry';
      readonly seq: number;
      readonly line: number;
      /** `unreadable`: no entry stands there. `updates-differ`: the hashes beside it are not those of its batch. */
      readonly why: ChainFault['why'] | 'unreadable' | 'updates-differ';
    };

/** Whether a file holds an unchanged chain that leads to heads signed with `key`, or with the file's own if null. */
export async function verifyExport(
  file: Uint8Array,
  key: string | null = null,
): Promise<Result<VerifiedExport, ExportFault>> {
  const lines = linesOf(file);
  const header = readLine(exportHeader, lines[0]);
  if (header === null) return headerFault('not-an-export');
  const why = await headerFaultOf(header, key);
  if (why) return headerFault(why);
  return verifyLines(header, lines);
}

async function headerFaultOf(header: ExportHeader, key: string | null) {
  const { digest, ...stated } = header;
  if (fullDigest(stated) !== digest || header.heads.at(-1)?.seq !== header.last || header.last < header.first)
    return 'changed';
  for (const head of header.heads) {
    if (head.workspace !== header.workspace) return 'other-workspace';
    if (!(await verifyHead(head))) return 'wrong-signature';
    if (head.key !== (key ?? header.heads.at(-1)?.key)) return 'other-key';
  }
  return null;
}

function verifyLines(header: ExportHeader, lines: readonly Uint8Array[]): Result<VerifiedExport, ExportFault> {
  const { workspace, first, last, heads } = header;
  let head: ChainHead = first === 1 ? EMPTY_CHAIN : { seq: first - 1, hash: header.before };
  let before: ToldEntry | null = null;
  let erased = 0;
  let withheld = 0;
  let proved = 0;
  for (let at = 1; at < lines.length; at++) {
    const updates = readLine(updatesLine, lines[at]);
    if (updates !== null) {
      if (!areThoseOf(before, updates)) return entryFault(Math.max(first, head.seq), at, 'updates-differ');
      proved += 1;
      before = null;
      continue;
    }
    const entry: ToldEntry | null = readLine(toldEntry, lines[at]);
    const next = head.seq + 1;
    if (entry === null) return entryFault(next, at, 'unreadable');
    if (next > last) return entryFault(next, at, 'out-of-place');
    const verified = verifyChain(
      [entry],
      heads.filter(({ seq }) => seq === next),
      head,
    );
    if (!verified.ok) return entryFault(next, at, verified.error.why);
    head = verified.value;
    before = entry;
    if (entry.contents === null) erased += 1;
    if (entry.contents === WITHHELD) withheld += 1;
  }
  if (head.seq < last) return entryFault(head.seq + 1, lines.length, 'truncated');
  const signed = heads.at(-1);
  assert(signed !== undefined, 'a header without heads is no header');
  return ok({ workspace, first, last, erased, withheld, proved, head: signed });
}

function areThoseOf(entry: ToldEntry | null, { updatesOf, hashes }: UpdatesLine): boolean {
  if (entry?.kind !== 'batch' || entry.contents === null || entry.contents === WITHHELD) return false;
  return entry.seq === updatesOf && entry.contents.root === rootOfHashes(hashes);
}

/** The lines without their ends; what stands after the last end is a line as well. */
function linesOf(file: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let begin = 0;
  for (let end = file.indexOf(LINE_END); end >= 0; end = file.indexOf(LINE_END, begin)) {
    lines.push(file.subarray(begin, end));
    begin = end + 1;
  }
  return begin < file.length ? [...lines, file.subarray(begin)] : lines;
}

const LINE_END = 0x0a;

/** What stands in a line; null unless it is canonical, so that no byte of it can be another one unseen. */
function readLine<T>(schema: v.GenericSchema<unknown, T>, line: Uint8Array | undefined): T | null {
  if (line === undefined) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
    const value = JSON.parse(text) as JsonValue;
    const read = v.safeParse(schema, value);
    return read.success && canonicalJson(value) === text ? read.output : null;
  } catch {
    return null;
  }
}

function headerFault(why: Extract<ExportFault, { kind: 'header' }>['why']): Result<never, ExportFault> {
  return err({ kind: 'header', why });
}

function entryFault(
  seq: number,
  at: number,
  why: Extract<ExportFault, { kind: 'entry' }>['why'],
): Result<never, ExportFault> {
  return err({ kind: 'entry', seq, line: at + 1, why });
}
