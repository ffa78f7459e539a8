/** How a collection's records are read from stored fields and written to them. */
import * as v from 'valibot';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Fields } from './record-layout.ts';

export interface Identified {
  readonly id: string;
}

export interface RecordSchema<R extends Identified> {
  /** Fields that stand in a fixed place of every base. Append only: never reorder, rename or remove one. (D4) */
  readonly columns: readonly string[];
  readonly reader: v.GenericSchema<unknown, R>;
  /** The record's fields as they are stored, its id excluded. */
  readonly toFields: (record: R) => Fields;
  /**
   * From one format to the next, in order. Old and new apps write into one document, so each is applied to every record
   * read and leaves those that need nothing as they are. Stored bytes are never rewritten. (D13)
   */
  readonly upgrades?: readonly Upgrade[];
}

type Upgrade = (fields: StoredFields) => StoredFields;

export type StoredFields = Readonly<Record<string, JsonValue>>;

/** A record whose stored fields do not make one: set aside and shown to somebody, never thrown, never dropped. (D6) */
export interface Unreadable {
  readonly collection: string;
  readonly id: string;
  /** What is wrong, for people: `amount: Expected integer`. */
  readonly why: string;
}

/** A schema whose stored fields are the record's own properties. */
export function plainSchema<R extends Identified>(
  columns: readonly string[],
  reader: v.GenericSchema<unknown, R>,
): RecordSchema<R> {
  return { columns, reader, toFields: ({ id: _id, ...fields }) => fields as Fields };
}

/** Reads one record from its stored fields. */
export function readRecord<R extends Identified>(
  schema: RecordSchema<R>,
  id: string,
  fields: StoredFields,
): { readonly record: R } | { readonly why: string } {
  const upgraded = (schema.upgrades ?? []).reduce((older, upgrade) => upgrade(older), fields);
  const read = v.safeParse(schema.reader, { ...upgraded, id });
  if (read.success) return { record: read.output };
  const [issue] = read.issues;
  return { why: `${v.getDotPath(issue) ?? 'record'}: ${issue.message}` };
}
