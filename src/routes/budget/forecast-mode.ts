/** What the grid shows in its forecast mode, and which lines run out. */
import type { RollingForecast } from '#lib/domain/budget/rolling.ts';
import type { Period, PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { Figures, SheetColumn } from '#lib/ui/grid/sheet.ts';

export interface ForecastSheet {
  readonly columns: readonly SheetColumn[];
  readonly figures: Figures;
}

const PLAN = 'plan-of-year';

/** Periods that are whole with their actual figures, the others with what is expected; then plan, estimate, difference. */
export function forecastSheet(
  rolling: readonly RollingForecast[],
  columns: readonly SheetColumn[],
  periods: readonly Period[],
  until: PeriodKey,
): ForecastSheet {
  const figures = new Map(
    periods.map(({ key }, at) => [key, Float64Array.from(rolling, (line) => line.figures[at] ?? 0)]),
  );
  figures.set(
    PLAN,
    Float64Array.from(rolling, ({ planned }) => planned),
  );
  const months = columns.flatMap((column) =>
    column.kind === 'amount' ? [{ ...column, closed: false, forecast: column.key > until }] : [],
  );
  const total = { kind: 'sum', key: 'estimate', label: 'Estimate', name: 'Estimate at completion' } as const;
  return {
    figures,
    columns: [
      ...months,
      { kind: 'amount', key: PLAN, label: 'Plan', name: 'Plan of the year', hidden: true },
      { kind: 'sum', key: 'planned', label: 'Plan', name: 'Plan of the year', of: [PLAN] },
      { ...total, of: months.map(({ key }) => key) },
      {
        kind: 'change',
        key: 'change',
        label: 'Off plan',
        name: 'Estimate against plan',
        from: 'planned',
        to: 'estimate',
      },
    ],
  };
}

export interface Exhaustion {
  readonly id: string;
  readonly name: string;
  readonly rolling: RollingForecast;
}

/** Cost lines whose plan of the year is not enough, those that exceed it most first. */
export function runningOut(
  lines: readonly { readonly id: string; readonly name: string; readonly nature: 'cost' | 'revenue' }[],
  rolling: readonly RollingForecast[],
): readonly Exhaustion[] {
  return lines
    .flatMap(({ id, name, nature }, at): Exhaustion[] => {
      const found = rolling[at];
      return found === undefined || nature !== 'cost' || overrun(found) <= 0 ? [] : [{ id, name, rolling: found }];
    })
    .sort((a, b) => overrun(b.rolling) - overrun(a.rolling));
}

export function overrun({ atCompletion, planned }: RollingForecast): number {
  return atCompletion - planned;
}
