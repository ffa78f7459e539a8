/** The rolling forecast of the lines of a version: what was posted, then what is forecast, in the base currency. */
import { rollingForecast, type RollingForecast } from '#lib/domain/budget/rolling.ts';
import type { Period, PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { ForecastsAnswer } from './ask-forecasts.ts';

interface RolledLine {
  readonly id: string;
  readonly nature: 'cost' | 'revenue';
}

/**
 * One for each line, in their order. `planned` has the minor units of each line by period, NaN where no rate is known:
 * such a figure counts as none. A line without a forecast goes on as planned. (B21)
 */
export function rollingLines(
  { rows, until }: Pick<ForecastsAnswer, 'rows' | 'until'>,
  lines: readonly RolledLine[],
  planned: ReadonlyMap<PeriodKey, Float64Array>,
  periods: readonly Period[],
): readonly RollingForecast[] {
  const byLine = new Map(rows.map((row) => [`${row.nature} ${row.id}`, row]));
  const keys = periods.map(({ key }) => key);
  return lines.map(({ id, nature }, at) => {
    const row = byLine.get(`${nature} ${id}`);
    return rollingForecast({
      periods: keys,
      until: until.key,
      planned: new Map(keys.map((key) => [key, figureAt(planned.get(key), at)])),
      actual: row?.actual ?? new Map(),
      expected: row === undefined || row.made === null ? null : row.expected,
    });
  });
}

function figureAt(figures: Float64Array | undefined, at: number): number {
  const figure = figures?.[at] ?? 0;
  return Number.isNaN(figure) ? 0 : figure;
}
