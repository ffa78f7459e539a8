/** A photo of a receipt as a phone's camera gives it back: a JPEG of some megabytes. */
import type { Page } from '@playwright/test';

export interface PhotoFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** `text` stands on the paper, so that photos of different receipts differ. */
export async function photoOf(page: Page, text: string): Promise<PhotoFile> {
  const base64 = await page.evaluate(async (words) => {
    const [width, height] = [2400, 3200];
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('No canvas');
    // Grain, as a camera has it: without it the file would be a tenth of a photo's size.
    const grain = context.createImageData(width, height);
    for (let at = 0; at < grain.data.length; at += 4) {
      const light = 200 + ((at * 2_654_435_761) >>> 27);
      grain.data.set([light, light, light, 255], at);
    }
    context.putImageData(grain, 0, 0);
    context.fillStyle = '#111';
    context.font = '140px monospace';
    context.fillText(words, 300, 900);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let binary = '';
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(binary);
  }, text);
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}
