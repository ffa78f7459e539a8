import type * as Y from 'yjs';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { conflictAt, type Conflict, type Version } from './conflicts.ts';
import { markDismissed } from './dismissed.ts';
import { readOnlyReason, type NewerFormat } from './format.ts';
import { sameId } from './history.ts';
import { writeBase, writeField } from './record-fields.ts';
import { DELETED, fieldKey, type Author } from './record-layout.ts';
import { removalOf } from './removal.ts';

export type ResolveRefusal =
  /** The key changed after the person looked: they have to look again, at `now`. */
  { readonly kind: 'changed-meanwhile'; readonly now: Conflict | null } | NewerFormat;

/**
 * Settles a conflict as a person saw it: writes the version they chose, also when it is the visible one, so that two
 * people who decide differently at the same time meet in a new conflict; and marks every loser they saw. (D10)
 */
export function resolveConflict(
  doc: Y.Doc,
  conflict: Conflict,
  chosen: Version,
  by: Author,
): Result<undefined, ResolveRefusal> {
  const { collection, id, field } = conflict;
  const key = field === null ? id : fieldKey(id, field);
  const newer = readOnlyReason(doc);
  if (newer !== null) return err(newer);
  const now = conflictAt(doc, collection, key);
  if (now === null || !sameId(now.visible.item, conflict.visible.item)) return err({ kind: 'changed-meanwhile', now });
  doc.transact(() => {
    for (const loser of conflict.losers) markDismissed(doc, collection, key, loser.item, by);
    writeChosen(doc.getMap(collection), conflict, chosen, by);
  });
  return ok(undefined);
}

function writeChosen(map: Y.Map<unknown>, { id, field }: Conflict, chosen: Version, by: Author): void {
  if (field === null) {
    if (typeof chosen.value === 'string') writeBase(map, id, chosen.value);
  } else if (field === DELETED) {
    const removed = chosen.key === fieldKey(id, DELETED) && chosen.value === true;
    writeField(map, id, DELETED, removed ? removalOf(map, id) : false, by);
  } else {
    writeField(map, id, field, chosen.value, by);
  }
}
