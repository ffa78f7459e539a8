/** Scenarios beside each other and beside their plan: the comparisons that pages show. */
import { bridge, type Bridge } from '#lib/analysis/scenario/bridge.ts';
import { compare, type Comparison } from '#lib/analysis/scenario/compare.ts';
import { periodTotals } from '#lib/analysis/scenario/measure.ts';
import { tornado, type Bar } from '#lib/analysis/scenario/sensitivity.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Evaluated } from './evaluate.ts';
import { explainTotal } from './explain.ts';
import type { Study } from './study.ts';

/** Minor units of the base currency. */
export type Waterfall = Bridge;

/** How the plan becomes a scenario; or why that cannot be said, as a sentence. */
export function bridgeTo({ base }: Study, evaluated: Evaluated): Result<Waterfall, string> {
  return inWords(bridge(base.model, evaluated.model, base.measure), evaluated);
}

/** Two to four side by side, the first being what the others are compared with. */
export function sideBySide({ base }: Study, evaluated: readonly Evaluated[]): Result<Comparison, string> {
  const models = evaluated.map(({ model }) => model);
  return inWords(compare(models, base.measure), evaluated[0] ?? base);
}

/** The total with each driver `percent` lower and higher; `percent` is plain decimal text. */
export function tornadoOf({ base }: Study, evaluated: Evaluated, percent: string): Result<readonly Bar[], string> {
  const ranges = evaluated.plan.drivers.map(({ id }) => ({ driverId: id, low: `-${percent}`, high: percent }));
  return inWords(tornado(evaluated.model, ranges, base.measure), evaluated);
}

/** Minor units, period by period; null where they cannot be worked out. */
export function totalsByPeriod({ base }: Study, { model }: Evaluated): readonly number[] | null {
  const totals = periodTotals(model, base.measure);
  return totals.ok ? [...totals.value] : null;
}

function inWords<T>(result: Result<T, Parameters<typeof explainTotal>[0]>, evaluated: Evaluated): Result<T, string> {
  return result.ok ? ok(result.value) : err(explainTotal(result.error, evaluated));
}
