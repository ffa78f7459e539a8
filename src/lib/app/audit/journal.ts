/**
 * Who changed what, from what to what: read from the updates that this device holds, and so only from documents that
 * the person may read. (docs/decisions/0012)
 */
import { isDecided } from '#lib/documents/decided.ts';
import { nameFromText } from '#lib/documents/document-name.ts';
import { changesIn, type RecordChange } from '#lib/documents/journal.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import type { JsonValue } from '#lib/domain/json.ts';

export interface JournalEntry {
  /** Unique within a journal. */
  readonly key: string;
  readonly document: string;
  readonly collection: string;
  /** The record's id. */
  readonly id: string;
  /** What the record was called when it was changed. */
  readonly title: string;
  /** Currency of the record's amounts, or null. */
  readonly currency: string | null;
  /** By the clock of the device that wrote it; null where nothing says it. */
  readonly at: string | null;
  /** The member to whom the server bound the writing device; where there is none, whom the device named. */
  readonly member: string | null;
  readonly what: RecordChange['what'];
}

/** One document's changes, in the order of its updates. `memberOf` says who writes under a Yjs client id. */
export function journalOf(
  document: string,
  rows: readonly Pick<UpdateRow, 'bytes' | 'format'>[],
  memberOf: (client: number) => string | null,
): readonly JournalEntry[] {
  const name = nameFromText(document);
  const records = new Map<string, Record<string, JsonValue | undefined>>();
  return changesIn(name, rows).map((change, at) => {
    const { collection, id, what, said, client } = change;
    const place = `${collection}/${id}`;
    const fields = records.get(place) ?? {};
    const before = titleOf(collection, fields);
    if (what.kind === 'added') Object.assign(fields, what.fields);
    if (what.kind === 'edited') fields[what.field] = what.to;
    records.set(place, fields);
    const added = what.kind === 'added' ? madeBy(fields) : null;
    return {
      key: `${document} ${at}`,
      document,
      collection,
      id,
      title: before === '' ? titleOf(collection, fields) : before,
      currency: textIn(fields, 'currency'),
      // The decider's own writes say no time; '' is not one.
      at: said?.at || added?.at || null,
      // What the decider wrote, it wrote for the member whom the record names.
      member: isDecided(document)
        ? (said?.member ?? added?.member ?? null)
        : (memberOf(client) ?? said?.member ?? added?.member ?? null),
      what,
    };
  });
}

type RecordFields = Readonly<Record<string, JsonValue | undefined>>;

function titleOf(collection: string, fields: RecordFields): string {
  if (collection === 'rates') return [textIn(fields, 'from'), textIn(fields, 'to')].filter(Boolean).join(' → ');
  for (const field of ['name', 'fileName', 'description', 'vendorText', 'text', 'label']) {
    const text = textIn(fields, field)?.trim() ?? '';
    if (text !== '') return text;
  }
  return '';
}

/** Who made a record and when, as records of several kinds say it. */
function madeBy(fields: RecordFields): { readonly member: string | null; readonly at: string | null } {
  const first = (...names: readonly string[]) =>
    names.reduce<string | null>((found, name) => found ?? textIn(fields, name), null);
  return {
    member: first('postedBy', 'capturedBy', 'writtenBy', 'importedBy', 'createdBy', 'by'),
    at: first('postedAt', 'capturedAt', 'writtenAt', 'importedAt', 'createdAt', 'at', 'joinedAt'),
  };
}

function textIn(fields: RecordFields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}
