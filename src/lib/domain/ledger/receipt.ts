/** What may be a receipt: told by the bytes themselves, the same on the device and on the server. */

/** A scanned contract may have more, but is no receipt. */
export const LARGEST_RECEIPT = 20 * 1024 * 1024;

/** How many bytes of the beginning `receiptType` looks at. */
const TELLING_BYTES = 16;

export type ReceiptType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic' | 'application/pdf';

/** The media type of a receipt as it is kept for good, by its first bytes; null for whatever else it is. */
export function receiptType(bytes: Uint8Array): ReceiptType | null {
  const type = mediaType(bytes);
  return type !== null && isReceiptType(type) ? type : null;
}

/** The media type of what this app can make a receipt of; names and stated types are often wrong, and some could run. */
export function mediaType(bytes: Uint8Array): string | null {
  const text = String.fromCharCode(...bytes.subarray(0, TELLING_BYTES));
  if (text.startsWith('%PDF-')) return 'application/pdf';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n')) return 'image/png';
  if (text.startsWith('GIF8')) return 'image/gif';
  if (text.startsWith('BM')) return 'image/bmp';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  const brand = text.slice(4, 8) === 'ftyp' ? text.slice(8, 12) : '';
  if (brand === 'avif') return 'image/avif';
  return /^(?:hei[cmsx]|he[vi]c|mif1|msf1)$/.test(brand) ? 'image/heic' : null;
}

/** Whether a receipt of this type is kept as it is; a picture of another type is first drawn anew. */
export function isReceiptType(type: string): type is ReceiptType {
  return KEPT.has(type);
}

const KEPT: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf']);
