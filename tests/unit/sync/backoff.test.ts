import { expect, test } from 'vitest';
import { comeBackDelay, retryDelay } from '#lib/sync/backoff.ts';

test('waiting doubles, is spread by chance, and ends at half a minute', () => {
  expect(retryDelay(1, () => 0)).toBe(200);
  expect(retryDelay(3, () => 0.5)).toBe(1200);
  expect(retryDelay(50, () => 0.999)).toBeLessThanOrEqual(30_000);
  const delays = [1, 2, 3, 4].map((failures) => retryDelay(failures, () => 0));
  expect(delays).toEqual([200, 400, 800, 1600]);
});

test('coming back to a server that stops is spread as it asked; nonsense is not waited for', () => {
  expect(comeBackDelay('3000', () => 0.5)).toBe(1500);
  expect(comeBackDelay('3000', () => 0)).toBe(0);
  for (const reason of ['serverStopping', '-1', '1e9', 'NaN']) expect(comeBackDelay(reason, () => 1)).toBe(0);
});
