/** The newest head of the server's audit chain that this device has seen, and what was found wrong with it. (A10) */
import type { RememberedChain } from '#lib/governance/audit/remembered.ts';
import type { Database } from './database.ts';

export async function rememberedChain(database: Database): Promise<RememberedChain | null> {
  return (await database.chain.get(KEY))?.remembered ?? null;
}

/** Replaces it, unless another tab has done so since `before` was read; false then. */
export async function rememberChain(
  database: Database,
  before: RememberedChain | null,
  remembered: RememberedChain,
): Promise<boolean> {
  return database.transaction('rw', database.chain, async () => {
    const stored = await rememberedChain(database);
    if (JSON.stringify(stored) !== JSON.stringify(before)) return false;
    await database.chain.put({ name: KEY, remembered });
    return true;
  });
}

const KEY = 'server';
