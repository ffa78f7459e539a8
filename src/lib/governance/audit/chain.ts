/** Making the chain longer, and finding the first entry that is not what was written. (A2, A6 to A8) */
import { err, ok, type Result } from '#lib/domain/result.ts';
import { fullDigest } from '../digest.ts';
import { EMPTY_CHAIN, WITHHELD, type AuditEntry, type AuditFact, type ChainHead, type ToldEntry } from './entry.ts';

/** The entries that `facts` become, in their order, behind the chain that ends at `head`. */
export function chainEntries(head: ChainHead, facts: readonly AuditFact[]): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  let { seq, hash: previous } = head;
  for (const { at, kind, contents } of facts) {
    seq += 1;
    const chained = { seq, previous, at, kind, digest: fullDigest(contents) };
    const entry = { ...chained, hash: fullDigest(chained), contents } as AuditEntry;
    entries.push(entry);
    previous = entry.hash;
  }
  return entries;
}

/** The first entry that is not what was written, and how it shows. */
export interface ChainFault {
  readonly seq: number;
  readonly why:
    /** An entry of a higher number stands in its place: it was left out or moved away. */
    | 'left-out'
    /** An entry of a lower number stands here: it was put in, repeated or moved. */
    | 'out-of-place'
    /** It does not name the hash of the entry before: one of the two was put in or exchanged. */
    | 'does-not-follow'
    | 'changed'
    | 'contents-changed'
    /** The hash at a known head is another one: what leads there was rewritten. */
    | 'rewritten'
    /** The chain ends before a known head: this is the first missing entry. */
    | 'truncated';
}

/**
 * Whether entries follow each other unchanged behind `from` and pass through every known head; the head they end at.
 * Heads at or before `from` are not looked at.
 */
export function verifyChain(
  entries: Iterable<ToldEntry>,
  known: readonly ChainHead[] = [],
  from: ChainHead = EMPTY_CHAIN,
): Result<ChainHead, ChainFault> {
  const expected = new Map(known.map(({ seq, hash }) => [seq, hash]));
  let head = from;
  for (const entry of entries) {
    const why = faultOf(entry, head, expected.get(head.seq + 1));
    if (why) return err({ seq: head.seq + 1, why });
    head = { seq: entry.seq, hash: entry.hash };
  }
  if (known.some(({ seq }) => seq > head.seq)) return err({ seq: head.seq + 1, why: 'truncated' });
  return ok(head);
}

function faultOf(entry: ToldEntry, head: ChainHead, known: string | undefined): ChainFault['why'] | null {
  const { hash, contents, ...chained } = entry;
  if (entry.seq > head.seq + 1) return 'left-out';
  if (entry.seq <= head.seq) return 'out-of-place';
  if (entry.previous !== head.hash) return 'does-not-follow';
  if (fullDigest(chained) !== hash) return 'changed';
  if (contents && contents !== WITHHELD && fullDigest(contents) !== entry.digest) return 'contents-changed';
  return known === undefined || known === hash ? null : 'rewritten';
}
