/** Measures the pressure on this process. */
import { getHeapStatistics } from 'node:v8';
import type { Pressure } from './load.ts';

const EVERY_MS = 100;

/** Starts to measure; `unreadBytes` is asked for the bytes waiting in sockets. */
export function measurePressure(unreadBytes: () => number): { read(): Pressure; stop(): void } {
  let dueAt = performance.now() + EVERY_MS;
  let worstMs = 0;
  const late = (): number => Math.max(0, performance.now() - dueAt);
  const timer = setInterval(() => {
    worstMs = Math.max(worstMs, late());
    dueAt = performance.now() + EVERY_MS;
  }, EVERY_MS).unref();
  return {
    read() {
      const lagMs = Math.max(worstMs, late());
      worstMs = 0;
      const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
      return { lagMs, unreadBytes: unreadBytes(), memory: used / limit };
    },
    stop: () => clearInterval(timer),
  };
}
