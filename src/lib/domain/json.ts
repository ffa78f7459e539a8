/** Plain data: what records, commands and files are made of. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** JSON text that is the same for the same content: names sorted, no spaces, unset fields left out. */
export function canonicalJson(value: JsonValue | undefined): string {
  return JSON.stringify(value === undefined ? null : sorted(value));
}

/** Whether two values say the same; undefined is only the same as itself. */
export function isSameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b);
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(sorted);
  if (!isJsonObject(value)) return value;
  const fields: [string, JsonValue][] = [];
  for (const name of Object.keys(value).sort()) {
    const field = value[name];
    if (field !== undefined) fields.push([name, sorted(field)]);
  }
  return Object.fromEntries(fields);
}
