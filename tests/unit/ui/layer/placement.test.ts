import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeBeside } from '#lib/ui/layer/placement.ts';

const view = { width: 1000, height: 800 };

test('a layer stands under its button, at its start or its end', () => {
  const button = { left: 100, top: 50, width: 120, height: 36 };
  expect(placeBeside(button, { width: 300, height: 200 }, view)).toMatchObject({ left: 100, top: 90 });
  const end = { left: 800, top: 50, width: 120, height: 36 };
  expect(placeBeside(end, { width: 300, height: 200 }, view, 'end')).toMatchObject({ left: 620, top: 90 });
});

test('near the bottom it stands above, and it is never taller than the room or the wish', () => {
  const button = { left: 100, top: 700, width: 120, height: 36 };
  expect(placeBeside(button, { width: 300, height: 200 }, view)).toMatchObject({ top: 496 });
  expect(placeBeside(button, { width: 300, height: 900 }, view, 'start', 320)).toMatchObject({
    maxHeight: 320,
    top: 376,
  });
});

test('a layer that fits the window never leaves it', () => {
  const size = fc.integer({ min: 10, max: 380 });
  fc.assert(
    fc.property(
      fc.nat(960),
      fc.nat(760),
      size,
      size,
      fc.constantFrom('start', 'end'),
      (left, top, width, height, align) => {
        const place = placeBeside({ left, top, width: 40, height: 40 }, { width, height }, view, align);
        expect(place.left).toBeGreaterThanOrEqual(8);
        expect(place.left + width).toBeLessThanOrEqual(992);
        expect(place.top).toBeGreaterThanOrEqual(8);
        expect(place.top + Math.min(height, place.maxHeight)).toBeLessThanOrEqual(792);
      },
    ),
  );
});
