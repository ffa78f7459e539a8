import { chainEntries } from '#lib/governance/audit/chain.ts';
import { EMPTY_CHAIN, type AuditEntry } from '#lib/governance/audit/entry.ts';
import { batchFacts, decisionFacts, type WrittenRow } from '#lib/governance/audit/facts.ts';
import { makeLog } from './make-log.ts';

/** Salts 1, 2, 3 … as 32 hex digits. */
export function countedSalts(): () => string {
  let n = 0;
  return () => (n += 1).toString(16).padStart(32, '0');
}

/** Rows of one update each: `['anna', 'plan/fy27/root', 3, 'the bytes']`. */
export function writtenRow(member: string, document: string, seq: number, text = `${document} ${seq}`): WrittenRow {
  const author = { member, device: `${member}s-phone` };
  return { document, incarnation: 'first', author, seq, bytes: new TextEncoder().encode(text) };
}

/** Ten entries: the six decisions of `makeLog`, then four batches of two people. */
export function makeChain(): readonly AuditEntry[] {
  const newSalt = countedSalts();
  const decided = decisionFacts(makeLog().log, '2026-11-02T09:00:00.000Z', newSalt);
  const written = batchFacts(
    [
      writtenRow('anna', 'core', 1),
      writtenRow('anna', 'core', 2),
      writtenRow('bela', 'core', 3),
      writtenRow('anna', 'inbox/anna', 1),
      writtenRow('anna', 'core', 4),
    ],
    '2026-11-02T09:00:01.000Z',
    newSalt,
  );
  return chainEntries(EMPTY_CHAIN, [...decided, ...written]);
}
