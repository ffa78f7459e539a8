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

test('a hint that the network is gone shortens the wait, and an answer ends the doubt', () => {
  let heardAt = performance.now();
  let deaths = 0;
  const heartbeat = new Heartbeat({
    now: () => performance.now(),
    heardAt: () => heardAt,
    isWaiting: () => false,
    ping: () => undefined,
    ondead: () => (deaths += 1),
  });
  vi.advanceTimersByTime(10);
  heartbeat.doubt();
  heardAt = performance.now() + 1;
  vi.advanceTimersByTime(1600);
  expect(deaths).toBe(0);
  heartbeat.doubt();
  vi.advanceTimersByTime(1600);
  expect(deaths).toBe(1);
  heartbeat.stop();
});

test('a clock that is set back does not stop the asking', () => {
  let now = 1_000_000;
  let pings = 0;
  const heartbeat = new Heartbeat({
    now: () => now,
    heardAt: () => 1_000_000,
    isWaiting: () => false,
    ping: () => (pings += 1),
    ondead: () => undefined,
  });
  now -= 500_000;
  vi.advanceTimersByTime(1000);
  expect(pings).toBe(1);
  heartbeat.stop();
});
