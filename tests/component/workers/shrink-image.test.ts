import { expect, test } from 'vitest';
import { shrinkImage } from '#lib/workers/shrink-image.ts';

async function picture(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  for (let y = 0; y < height; y += 10) {
    context.fillStyle = `hsl(${(y * 7) % 360} 60% ${40 + ((y * 13) % 50)}%)`;
    context.fillRect(0, y, width, 10);
    context.strokeText(`line ${y}`, (y * 31) % width, y);
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

test('a photo becomes WebP with a long edge of 1600 pixels, and a thumbnail of 240', async () => {
  const shrunk = await shrinkImage(await picture(2000, 3200));
  expect(shrunk?.image.type).toBe('image/webp');
  const image = await createImageBitmap(shrunk?.image ?? new Blob());
  expect([image.width, image.height]).toEqual([1000, 1600]);
  const thumbnail = await createImageBitmap(shrunk?.thumbnail ?? new Blob());
  expect([thumbnail.width, thumbnail.height]).toEqual([150, 240]);
});

test('a picture that would grow is kept as it came', async () => {
  const tiny = await picture(8, 8);
  expect((await shrinkImage(tiny))?.image.size).toBeLessThanOrEqual(tiny.size);
});

test('what is no picture is not turned into one', async () => {
  expect(await shrinkImage(new Blob(['%PDF-1.7'], { type: 'application/pdf' }))).toBeNull();
});

test('a picture of a kind that is not kept as a receipt is drawn anew, also where it would grow', async () => {
  const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
  const bytes = Uint8Array.from(atob(gif), (letter) => letter.charCodeAt(0));
  const shrunk = await shrinkImage(new Blob([bytes], { type: 'image/gif' }));
  expect(shrunk?.image.type).toBe('image/webp');
});
