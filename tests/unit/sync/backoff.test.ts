import { expect, test } from 'vitest';
import { retryDelay } from '#lib/sync/backoff.ts';

test('waiting doubles, is spread by chance, and ends at half a minute', () => {
  expect(retryDelay(1, () => 0)).toBe(200);
  expect(retryDelay(3, () => 0.5)).toBe(1200);
  expect(retryDelay(50, () => 0.999)).toBeLessThanOrEqual(30_000);
  const delays = [1, 2, 3, 4].map((failures) => retryDelay(failures, () => 0));
  expect(delays).toEqual([200, 400, 800, 1600]);
});
