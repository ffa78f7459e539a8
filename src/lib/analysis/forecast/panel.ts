/**
 * What the forecasts of many series have been off by, together: how far ranges have to reach, and how much of what came
 * they would have held. Coverage is measured on series that the reach was not learnt from (cross-conformal prediction:
 * V. Vovk, Annals of Mathematics and Artificial Intelligence 74 (2015)).
 */
import { LEVELS, reachFrom, type Reach } from './intervals.ts';

export interface Panel {
  readonly reach: Reach;
  /** How many errors there are to learn from. */
  readonly errors: number;
  /** For each level, in percent; null where there is nothing to measure it on. */
  readonly coverage: readonly { readonly level: number; readonly measured: number | null }[];
}

/** `errors` has one list for each series: its backtest's `errorsInSpreads`. */
export function panelOf(errors: readonly (readonly number[])[], levels: readonly number[] = LEVELS): Panel {
  const halves = [0, 1].map((half) => errors.filter((_, at) => at % 2 === half).flat());
  const [even = [], odd = []] = halves;
  const judged = [
    { seen: even, reach: reachFrom(odd) },
    { seen: odd, reach: reachFrom(even) },
  ];
  const count = even.length + odd.length;
  return {
    reach: reachFrom(errors.flat()),
    errors: count,
    coverage: levels.map((level) => {
      const inside = judged.reduce((sum, { seen, reach }) => {
        const widest = reach(level);
        return sum + seen.filter((error) => Math.abs(error) <= widest).length;
      }, 0);
      return { level, measured: count === 0 ? null : (100 * inside) / count };
    }),
  };
}
