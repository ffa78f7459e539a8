import { createHash } from 'node:crypto';
import type { KeyBytes } from '#lib/governance/audit/ed25519.ts';
import type { ToldEntry } from '#lib/governance/audit/entry.ts';
import { exportLines, type ChainExport } from '#lib/governance/audit/export/format.ts';
import { signHead } from '#lib/governance/audit/signed-head.ts';
import { makeChain } from './make-chain.ts';

/** What `makeChain` is exported as: heads signed after entries 6 and 10, and the updates of the batch that has two. */
export async function makeExport(key: KeyBytes, entries: readonly ToldEntry[] = makeChain()): Promise<ChainExport> {
  const heads = entries.filter(({ seq }) => seq === 6 || seq === 10);
  return {
    workspace: 'w1',
    entries,
    heads: await Promise.all(heads.map((head) => signHead(key, 'w1', head, '2026-11-02T10:00:00.000Z'))),
    updates: new Map([[7, ['core 1', 'core 2'].map((text) => createHash('sha256').update(text).digest('hex'))]]),
  };
}

export function exportBytes(content: ChainExport): Uint8Array {
  return new TextEncoder().encode([...exportLines(content)].join(''));
}
