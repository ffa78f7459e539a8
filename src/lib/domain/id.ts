/** Ids are 20 letters and digits (100 random bits): never a `|` or `/`, which separate parts of keys and names. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id. `random` fills the array it is given (`crypto.getRandomValues` by default). */
export function newId(
  random: (bytes: Uint8Array<ArrayBuffer>) => unknown = (bytes) => crypto.getRandomValues(bytes),
): string {
  const bytes = new Uint8Array(20);
  random(bytes);
  let id = '';
  for (const byte of bytes) id += LETTERS.charAt(byte & 31);
  return id;
}

/** Whether text may stand as an id: letters, digits, `-`, `_` and `.`, at most 64. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(text);
}
