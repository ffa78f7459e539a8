/** When the first page looks ahead, and what it then shows. */
import type { FanPoint } from '#lib/ui/chart/fan.ts';

/** What is expected by the key of its period, minor units. */
export type YearAhead = ReadonlyMap<string, Pick<FanPoint, 'expected' | 'ranges'>>;

/** Plans of more lines are not forecast unasked: workers would be busy for longer than somebody looks at the page. */
export const MOST_LINES = 600;

const WHILE_MS = 400;

/** Runs `work` when nothing else has been going on for a while; gives what calls it off. */
export function afterWhile(work: () => void): () => void {
  const timer = setTimeout(work, WHILE_MS);
  return () => clearTimeout(timer);
}
