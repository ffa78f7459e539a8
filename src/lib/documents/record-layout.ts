/**
 * How a record lies in its map: `id` holds the base, written once as JSON text of an array (measured against objects
 * and arrays in docs/decisions/0002); `id|field` holds `[value, member, time]` for every field edited since. (D3)
 */
import { isJsonObject, type JsonValue } from '#lib/domain/json.ts';
import { isId } from '#lib/domain/id.ts';

/** Who writes, and when by their own clock: shown to people, never ordered by. */
export interface Author {
  readonly member: string;
  /** ISO instant. */
  readonly at: string;
}

/** An edited field as it lies in the map. `undefined` unsets the field. */
export type Edit = readonly [value: JsonValue | undefined, member: string, at: string];

/** The field that says whether a record is removed. */
export const DELETED = 'deleted';

/** The map key of one field of a record. */
export function fieldKey(id: string, field: string): string {
  return `${id}|${field}`;
}

/** What a map key stands for: a record's base (`field` null) or one of its fields. */
export function keyParts(key: string): { readonly id: string; readonly field: string | null } {
  const bar = key.indexOf('|');
  return bar === -1 ? { id: key, field: null } : { id: key.slice(0, bar), field: key.slice(bar + 1) };
}

/**
 * A record's fields (its id excluded) as base text: a JSON array of what has no column, then the columns' values.
 * `columns` may only ever grow at its end, because bases written years ago are read by it. (D4)
 */
export function encodeBase(fields: Fields, columns: readonly string[]): string {
  const whole = columns.every((column) => fields[column] !== undefined);
  if (!whole) return JSON.stringify([fields]);
  const rest = Object.entries(fields).filter(([name]) => !columns.includes(name));
  const extras = rest.length === 0 ? 0 : Object.fromEntries(rest);
  return JSON.stringify([extras, ...columns.map((column) => fields[column])]);
}

/** Reads base text; null when it is not one. A value of a column that a newer app appended is named by its place. */
export function decodeBase(base: unknown, columns: readonly string[]): Record<string, JsonValue> | null {
  const row = typeof base === 'string' ? parseJson(base) : null;
  if (!Array.isArray(row)) return null;
  const [extras, ...values] = row as readonly JsonValue[];
  const fields: Record<string, JsonValue> = {};
  for (const [position, value] of values.entries()) fields[columns[position] ?? `#${position}`] = value;
  for (const [name, value] of Object.entries(isJsonObject(extras) ? extras : {})) setField(fields, name, value);
  return fields;
}

/** Reads an edited field; null when the value under its key is not one. */
export function decodeEdit(value: unknown): Edit | null {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [edited, member, at] = value as readonly unknown[];
  return typeof member === 'string' && typeof at === 'string' ? [edited as JsonValue | undefined, member, at] : null;
}

/** Sets or, with undefined, unsets one field; a name that would reach the object's prototype is ignored. */
export function setField(fields: Record<string, JsonValue>, name: string, value: JsonValue | undefined): void {
  if (name === '__proto__') return;
  if (value === undefined) Reflect.deleteProperty(fields, name);
  else fields[name] = value;
}

/** Fields by name; undefined unsets one. */
export type Fields = Readonly<Record<string, JsonValue | undefined>>;

/** Whether a map key can be a record's: other keys are ignored. */
export function isRecordKey(key: string): boolean {
  return isId(keyParts(key).id);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
