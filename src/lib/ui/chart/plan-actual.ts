/** The numbers of the plan and actual chart; the components only place them. All values are minor units. */

export interface PlanActualPoint {
  readonly key: string;
  /** Under the axis: 'Mar'. */
  readonly label: string;
  /** In sentences: 'March 2027'. */
  readonly name: string;
  readonly plan: number | null;
  /** Null for a period without figures yet: no bar, never a zero. */
  readonly actual: number | null;
  /** Still filling: its bar is hatched. */
  readonly open?: boolean;
}

/** One bar: from `from` to `to`, with the part beyond plan apart. Costs only: more revenue than planned is no excess. */
export interface Bar {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly over: { readonly from: number; readonly to: number } | null;
  readonly open: boolean;
}

export function barsOf(points: readonly PlanActualPoint[], nature: 'cost' | 'revenue'): readonly Bar[] {
  return points.flatMap(({ actual, plan, open = false }, at): Bar[] => {
    if (actual === null) return [];
    const exceeds = nature === 'cost' && plan !== null && plan >= 0 && actual > plan;
    return exceeds
      ? [{ at, from: 0, to: plan, over: { from: plan, to: actual }, open }]
      : [{ at, from: 0, to: actual, over: null, open }];
  });
}

/** Path data of the plan: each period's level across its whole band, with upright strokes between. */
export function stepPath(
  points: readonly PlanActualPoint[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  return planSteps(points)
    .map((run) =>
      run.map(({ at, plan }, i) => `${i === 0 ? `M${x(at - 0.5)} ${y(plan)}` : `V${y(plan)}`}H${x(at + 0.5)}`).join(''),
    )
    .join('');
}

/** The plan as horizontal runs: neighbours are joined, a period without plan parts them. */
function planSteps(points: readonly PlanActualPoint[]): readonly (readonly { at: number; plan: number }[])[] {
  const runs: { at: number; plan: number }[][] = [];
  points.forEach(({ plan }, at) => {
    if (plan === null) return;
    const last = runs.at(-1);
    if (last?.at(-1)?.at === at - 1) last.push({ at, plan });
    else runs.push([{ at, plan }]);
  });
  return runs;
}

export interface ValueAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** A round axis from zero (or below, where there are credits) over everything shown. */
export function valueAxis(points: readonly PlanActualPoint[], digits: number): ValueAxis {
  const values = points.flatMap(({ plan, actual }) => [plan ?? 0, actual ?? 0]);
  return roundAxis(Math.min(0, ...values), Math.max(0, ...values), 10 ** digits);
}

/** Steps of 1, 2, 2.5 or 5 times a power of ten of the whole unit, three to six of them. */
export function roundAxis(low: number, high: number, unit: number): ValueAxis {
  const span = (high - low) / unit;
  if (span === 0) return { low: 0, high: unit, ticks: [0] };
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power * unit;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { low: first * step, high: last * step, ticks };
}

export interface ToDate {
  /** The last period counted; undefined when none is complete. */
  readonly last: PlanActualPoint | undefined;
  readonly plan: number;
  readonly actual: number;
}

/** Plan and actual up to the last complete period: one that is still filling would look like an underspend. */
export function toDate(points: readonly PlanActualPoint[]): ToDate {
  const done = points.filter(({ actual, open }) => actual !== null && open !== true);
  return {
    last: done.at(-1),
    plan: done.reduce((total, point) => total + (point.plan ?? 0), 0),
    actual: done.reduce((total, point) => total + (point.actual ?? 0), 0),
  };
}

/** How many labels to skip so that none touch: 1 shows all. */
export function labelStep(count: number, width: number, labelWidth: number): number {
  return count === 0 || width <= 0 ? 1 : Math.max(1, Math.ceil((labelWidth * count) / width));
}
