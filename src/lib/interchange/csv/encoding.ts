/** How the bytes of a text file spell characters, or that they are no text at all. (X1) */
import { err, ok, type Result } from '#lib/domain/result.ts';

export interface Encoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  /** Length of the byte order mark, to be skipped. */
  readonly mark: number;
}

export interface NotText {
  readonly kind: 'not-text';
  readonly looksLike: FileKind;
}

/** What the first bytes say a file is, when it is not text. */
export type FileKind = 'excel' | 'old-excel' | 'pdf' | 'picture' | 'archive' | 'unknown';

/** Decided over the whole file: byte order mark, then zero bytes, then whether it is valid UTF-8, else Windows-1252. */
export function decideEncoding(bytes: Uint8Array): Result<Encoding, NotText> {
  const kind = fileKind(bytes);
  if (kind !== undefined) return err({ kind: 'not-text', looksLike: kind });
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return ok({ name: 'utf-8', mark: 3 });
  if (startsWith(bytes, [0xff, 0xfe])) return ok({ name: 'utf-16le', mark: 2 });
  if (startsWith(bytes, [0xfe, 0xff])) return ok({ name: 'utf-16be', mark: 2 });
  const wide = wideOrder(bytes.subarray(0, WINDOW));
  if (wide !== undefined) return ok({ name: wide, mark: 0 });
  if (windowsOf(bytes).some(isBinary)) return err({ kind: 'not-text', looksLike: 'unknown' });
  return ok({ name: isMostlyUtf8(bytes) ? 'utf-8' : 'windows-1252', mark: 0 });
}

const WINDOW = 65_536;

const beginnings: readonly (readonly [FileKind, readonly number[]])[] = [
  ['excel', [0x50, 0x4b, 0x03, 0x04]],
  ['old-excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
];

function fileKind(bytes: Uint8Array): FileKind | undefined {
  return beginnings.find(([, start]) => startsWith(bytes, start))?.[0];
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

/** UTF-16 without a mark: in western text every other byte is zero. */
function wideOrder(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even += 2 / head.length;
    else odd += 2 / head.length;
  }
  if (odd > 0.4 && even < 0.05) return 'utf-16le';
  if (even > 0.4 && odd < 0.05) return 'utf-16be';
  return undefined;
}

/** The beginning, the middle and the end: where a text header hides a binary body, one of them tells. */
function windowsOf(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length <= 3 * WINDOW) return [bytes];
  const middle = bytes.length >> 1;
  return [bytes.subarray(0, WINDOW), bytes.subarray(middle, middle + WINDOW), bytes.subarray(-WINDOW)];
}

/** More than one byte in twenty is a control character that text does not use. */
function isBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) if (byte < 32 && (byte < 9 || byte > 13)) controls += 1;
  return controls > bytes.length / 20;
}

/** Whether it is UTF-8, stray bytes allowed while well-formed sequences outnumber them. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true;
  let sequences = 0;
  let strays = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const following = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    const wellFormed =
      following > 0 && bytes.subarray(at + 1, at + 1 + following).every((next) => next >= 0x80 && next < 0xc0);
    if (wellFormed) at += following;
    if (wellFormed) sequences += 1;
    else strays += 1;
  }
  return sequences > strays;
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += WINDOW) decoder.decode(bytes.subarray(at, at + WINDOW), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
