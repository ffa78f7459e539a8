/** The numbers of a bridge and a tornado as they are drawn: shares of a track's width. */
import type { Waterfall } from '#lib/app/scenarios/comparing.ts';

export interface WaterfallRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'total' | 'step';
  /** Minor units: the total, or what the step adds. */
  readonly minor: number;
  /** Where it starts and how long it is, as shares of the track. */
  readonly start: number;
  readonly length: number;
}

const MOST_STEPS = 8;

/**
 * From one total to the other, step by step; what is smallest is put together, so that all of it still adds up. The
 * track spans what the totals pass through and not zero: a step is then seen, however small it is beside the totals.
 */
export function waterfall(
  { from, steps, interaction, to }: Waterfall,
  names: { from: string; to: string },
): readonly WaterfallRow[] {
  const shown = steps.length > MOST_STEPS ? steps.slice(0, MOST_STEPS - 1) : steps;
  const others = steps.slice(shown.length);
  const rest = others.reduce((sum, { effect }) => sum + effect, 0);
  const parts = [
    ...shown.filter(({ effect }) => effect !== 0).map(({ id, name, effect }) => ({ id, name, minor: effect })),
    ...(others.length === 0 ? [] : [{ id: 'others', name: `${others.length} others`, minor: rest }]),
    ...(interaction === 0 ? [] : [{ id: 'interaction', name: 'Together, beyond each alone', minor: interaction }]),
  ];
  const levels = [from];
  for (const { minor } of parts) levels.push((levels.at(-1) ?? 0) + minor);
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const span = high - low || 1;
  const share = (level: number): number => (level - low) / span;
  return [
    { id: 'from', name: names.from, kind: 'total', minor: from, start: share(from), length: 0 },
    ...parts.map((part, at): WaterfallRow => {
      const [a, b] = [levels[at] ?? 0, levels[at + 1] ?? 0];
      return { ...part, kind: 'step', start: share(Math.min(a, b)), length: Math.abs(share(b) - share(a)) };
    }),
    { id: 'to', name: names.to, kind: 'total', minor: to, start: share(to), length: 0 },
  ];
}

export interface TornadoRow {
  readonly id: string;
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly start: number;
  readonly length: number;
}

/** Bars around a total, on one scale; `middle` is where the total stands. */
export function tornadoRows(
  bars: readonly { readonly driverId: string; readonly name: string; readonly low: number; readonly high: number }[],
  total: number,
): { readonly middle: number; readonly rows: readonly TornadoRow[] } {
  const ends = bars.flatMap(({ low, high }) => [low, high]);
  const [least, most] = [Math.min(total, ...ends), Math.max(total, ...ends)];
  const span = most - least || 1;
  const share = (level: number): number => (level - least) / span;
  return {
    middle: share(total),
    rows: bars.map(({ driverId, name, low, high }) => {
      const start = share(Math.min(low, high));
      return { id: driverId, name, low, high, start, length: share(Math.max(low, high)) - start };
    }),
  };
}
