import type { Database } from '#lib/store/database.ts';

export interface KeptAside {
  /** Changes that a server refused. */
  readonly refused: number;
  /** Changes whose bytes are no longer those that were stored. */
  readonly damaged: number;
}

/** What is on this device and part of no document: nothing of it is thrown away. */
export async function keptAside(database: Database): Promise<KeptAside> {
  const [refused, damaged] = await Promise.all([database.parked.count(), database.quarantine.count()]);
  return { refused, damaged };
}
