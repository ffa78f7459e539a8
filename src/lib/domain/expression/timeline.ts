/** The periods of a model in order, and which of them a window runs over. */
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { Window } from './ast.ts';

/** Follow each other without a gap, the earliest first. */
export type Timeline = readonly Period[];

/** First and last place of the periods that a window covers, seen from the period at `at`. (E9) */
export function windowAt(timeline: Timeline, window: Window, at: number): readonly [first: number, last: number] {
  const final = timeline.length - 1;
  switch (window.kind) {
    case 'all':
      return [0, final];
    case 'last':
      return [Math.max(0, at - window.periods + 1), at];
    case 'ytd':
      return [yearStart(timeline, at), at];
    case 'year': {
      let last = at;
      while (last < final && timeline[last + 1]?.fiscalYear === timeline[at]?.fiscalYear) last += 1;
      return [yearStart(timeline, at), last];
    }
  }
}

/** The place of a period by its key or by a date in it; -1 outside. */
export function placeOf(timeline: Timeline, keyOrDate: string): number {
  return timeline.findIndex(({ key, start, end }) => key === keyOrDate || (start <= keyOrDate && keyOrDate <= end));
}

function yearStart(timeline: Timeline, at: number): number {
  let first = at;
  while (first > 0 && timeline[first - 1]?.fiscalYear === timeline[at]?.fiscalYear) first -= 1;
  return first;
}
