/** Which columns are drawn and the class names their cells carry. */
import type { Geometry } from './geometry.ts';
import type { SheetColumn } from './sheet.ts';
import type { Span } from './window.ts';

/** The cell columns to draw, from left to right: those in the window, then the frozen ones. */
export function drawnColumns({ first, count }: Span, { middle, right }: Geometry): readonly number[] {
  const inWindow = Array.from({ length: count }, (_, offset) => 1 + first + offset);
  const frozen = Array.from({ length: right }, (_, offset) => 1 + middle + offset);
  return [...inWindow, ...frozen];
}

/** Class names for each drawn column: its kind, whether it is closed or frozen, and the edges of its pane. */
export function looksOf(drawn: readonly number[], columns: readonly SheetColumn[], middle: number): readonly string[] {
  const last = drawn.findLast((column) => column <= middle);
  return drawn.map((column, place) => {
    const given = columns[column - 1];
    const frozen = column > middle;
    return [
      given?.kind,
      given?.kind === 'amount' && given.closed === true ? 'closed' : '',
      given?.kind === 'amount' && given.forecast === true ? 'forecast' : '',
      place === 0 && !frozen ? 'first' : '',
      column === last ? 'last' : '',
      frozen ? 'frozen' : '',
      column === middle + 1 ? 'edge' : '',
    ]
      .filter(Boolean)
      .join(' ');
  });
}
