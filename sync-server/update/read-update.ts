/** Reading an update at the door: whole, undamaged, and what it brings. Its contents stay opaque. */
import * as Y from 'yjs';
import { updateChecksum } from '#lib/documents/update-row.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import type { ClientRange } from './client-binding.ts';

const EMPTY_UPDATE_BYTES = 2;

/** The clocks an update brings; `damaged` when its bytes are not those that were sent, or are no update. */
export function readUpdate(bytes: Uint8Array, checksum: number): Result<readonly ClientRange[], 'damaged'> {
  if (updateChecksum(bytes, 'v1') !== checksum) return err('damaged');
  return rangesOf(bytes);
}

/** The clocks an update brings. Every struct and the delete set are decoded, so that a cut update is found out. */
export function rangesOf(bytes: Uint8Array): Result<readonly ClientRange[], 'damaged'> {
  try {
    const { structs, ds } = Y.decodeUpdate(bytes);
    // The second encoding read by the first one's decoder looks empty and raises nothing.
    const looksEmpty = structs.length === 0 && ds.clients.size === 0;
    return looksEmpty && bytes.length > EMPTY_UPDATE_BYTES ? err('damaged') : ok(joined(structs));
  } catch {
    return err('damaged');
  }
}

function joined(structs: readonly (Y.GC | Y.Item | Y.Skip)[]): readonly ClientRange[] {
  const ranges: { client: number; from: number; to: number }[] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const last = ranges.at(-1);
    if (last?.client === client && last.to === clock) last.to += struct.length;
    else ranges.push({ client, from: clock, to: clock + struct.length });
  }
  return ranges;
}
