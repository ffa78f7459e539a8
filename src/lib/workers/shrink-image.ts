/** Makes a photo of a receipt small enough to keep and to send: long edge at most 1600 pixels, WebP or else JPEG. */

import { isReceiptType } from '#lib/domain/ledger/receipt.ts';

export interface ShrunkImage {
  readonly image: Blob;
  /** At most 240 pixels on the long edge, for lists. */
  readonly thumbnail: Blob;
}

const IMAGE_EDGE = 1600;
const THUMBNAIL_EDGE = 240;

/** Null when the browser cannot read the bytes as a picture (a PDF, a damaged file): then the file is kept as it is. */
export async function shrinkImage(file: Blob): Promise<ShrunkImage | null> {
  const bitmap = await pictureOf(file);
  if (bitmap === null) return null;
  try {
    const image = await encode(bitmap, IMAGE_EDGE, 0.7);
    const thumbnail = await encode(bitmap, THUMBNAIL_EDGE, 0.6);
    const isBetter = image.size < file.size || !isReceiptType(file.type);
    return { image: isBetter ? image : file, thumbnail };
  } finally {
    bitmap.close();
  }
}

async function pictureOf(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
}

async function encode(bitmap: ImageBitmap, longEdge: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, longEdge / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('No 2d context for a receipt');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality });
  // A canvas that cannot write a format silently writes PNG instead, many times as large. (Safari and WebP)
  return webp.type === 'image/webp' ? webp : canvas.convertToBlob({ type: 'image/jpeg', quality });
}
