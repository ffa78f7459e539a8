/** What a panel of series says of one of them. Apart from the engine, which pages need not load. */
import type { Forecast } from './forecast.ts';
import { withReach, type Reach } from './intervals.ts';
import { rangesAround } from './overrides.ts';

/** The same forecast with ranges as wide as the errors of a panel of series say. */
export function withPanelReach(made: Forecast, reach: Reach): Forecast {
  const { intervals } = withReach({ ...made, mean: made.calculated }, reach);
  return { ...made, intervals: rangesAround(intervals, made.mean) };
}
