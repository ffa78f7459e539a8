/** How files with a known header are read: remembered on this device, for each workspace. */
import * as v from 'valibot';
import { rememberedMapping, type RememberedMapping } from '#lib/interchange/expenses/mapping.ts';

/** As many headers as anybody meets in years; the oldest goes first. */
const MOST = 100;

/** What cannot be read was written by another version, and is forgotten. */
export function rememberedMappings(storage: Pick<Storage, 'getItem'>, workspace: string): readonly RememberedMapping[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(keyOf(workspace)) ?? '[]');
    const read = v.safeParse(v.array(rememberedMapping), stored);
    return read.success ? read.output : [];
  } catch {
    return [];
  }
}

export function rememberForNextTime(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  workspace: string,
  mapping: RememberedMapping,
): void {
  const others = rememberedMappings(storage, workspace).filter(({ header }) => header !== mapping.header);
  try {
    storage.setItem(keyOf(workspace), JSON.stringify([...others, mapping].slice(-MOST)));
  } catch {
    // Without room the next file is guessed anew, as it was the first time.
  }
}

function keyOf(workspace: string): string {
  return `outlay:mappings:${workspace}`;
}
