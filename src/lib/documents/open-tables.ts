/** A document's collections as tables, each by its schema. */
import type * as Y from 'yjs';
import type { Identified, RecordSchema } from './record-schema.ts';
import { openTable, type Table } from './record-table.ts';

type AnySchema = Pick<RecordSchema<Identified>, 'columns' | 'reader'>;
export type Schemas = Readonly<Record<string, AnySchema>>;
type Tables<S> = { readonly [C in keyof S]: S[C] extends RecordSchema<infer R> ? Table<R> : never };

/** Opens the collections of a document. */
export function openTables<S extends Schemas>(doc: Y.Doc, schemas: S): Tables<S> {
  const tables = Object.entries(schemas).map(([collection, schema]) => [
    collection,
    openTable(doc, collection, schema as RecordSchema<Identified>),
  ]);
  return Object.fromEntries(tables) as Tables<S>;
}
