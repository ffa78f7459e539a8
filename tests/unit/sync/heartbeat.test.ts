import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat } from '#lib/sync/heartbeat.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a quiet line is asked after 20 s, one that owes an answer after 2 s, and given up when it says nothing', () => {
  let heardAt = 0;
  let isWaiting = false;
  const said: string[] = [];
  const heartbeat = new Heartbeat({
    now: () => performance.now(),
    heardAt: () => heardAt,
    isWaiting: () => isWaiting,
    ping: () => said.push(`ping ${Math.round(performance.now() - heardAt)}`),
    ondead: () => said.push('dead'),
  });
  heardAt = performance.now();
  vi.advanceTimersByTime(20_000);
  expect(said).toEqual(['ping 20000']);
  heardAt = performance.now();
  isWaiting = true;
  vi.advanceTimersByTime(3000);
  expect(said).toEqual(['ping 20000', 'ping 2000']);
  vi.advanceTimersByTime(3000);
  expect(said.at(-1)).toBe('dead');
  heartbeat.stop();
});
