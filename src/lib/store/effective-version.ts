/** The budget lines of a version with what they come to. */
import { effectiveLines, type EffectiveLine } from '#lib/documents/effective-lines.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { StoredDriver, StoredLine } from './database.ts';

/** Each document by itself, because formulas see nothing else. (B12, S19) */
export function effectiveVersion(
  records: readonly (StoredLine | StoredDriver)[],
  periods: readonly Period[],
): readonly EffectiveLine[] {
  return [...Map.groupBy(records, ({ document }) => document).values()].flatMap((part) =>
    effectiveLines(
      part.flatMap((record) => ('line' in record ? [record.line] : [])),
      part.flatMap((record) => ('driver' in record ? [record.driver] : [])),
      periods,
    ),
  );
}
