/** A version of the plan as scenarios are made over it: its lines and drivers, worked out in its fiscal year. */
import type { Measure } from '#lib/analysis/scenario/measure.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { Driver } from '#lib/domain/expression/definition.ts';
import { modelOf, type Model, type ModelFault } from '#lib/domain/expression/model.ts';
import { periodsOfYear, type Period } from '#lib/domain/fiscal/period.ts';
import { rateOn } from '#lib/domain/money/exchange-rate.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { definitionsOf, type Plan, type PlanLine } from '#lib/domain/scenario/plan.ts';
import type { Reference } from '../reference.ts';

export interface BasePlan {
  readonly version: BudgetVersion;
  readonly timeline: readonly Period[];
  /** With a driver for the rate of each foreign currency, so that a scenario can change it like any other. */
  readonly plan: Plan;
  readonly model: Model;
  /** Costs less revenue in the base currency. */
  readonly measure: Measure;
}

export type BaseFault =
  | { readonly kind: 'model'; readonly faults: readonly ModelFault[] }
  | { readonly kind: 'no-rate-on'; readonly currency: string; readonly wanted: string; readonly date: string };

/** The version worked out; or why it cannot be: a formula with a fault, or a currency without a rate. */
export function basePlanOf(
  version: BudgetVersion,
  stored: Plan,
  reference: Pick<Reference, 'calendar' | 'baseCurrency' | 'rates'>,
): Result<BasePlan, BaseFault> {
  const timeline = periodsOfYear(reference.calendar, version.fiscalYear);
  const rates = rateDrivers(stored.lines, timeline, reference);
  if (!rates.ok) return rates;
  const plan: Plan = { ...stored, drivers: [...stored.drivers, ...rates.value.values()] };
  const model = modelOf(definitionsOf(plan), timeline);
  if (!model.ok) return err({ kind: 'model', faults: model.error });
  const byCurrency = new Map([...rates.value].map(([currency, { id }]) => [currency, id]));
  const measure = { currency: reference.baseCurrency, rates: byCurrency, lines: null };
  return ok({ version, timeline, plan, model: model.value, measure });
}

/** Whether a driver is the rate of a currency, which no plan holds: rates are decided for the whole workspace. */
export function isRateDriver(id: string): boolean {
  return id.startsWith(RATE);
}

const RATE = 'rate_';

/**
 * One driver for each foreign currency of the lines, whose figure in a period is the rate that holds when it begins:
 * what the plan's totals take as well.
 */
function rateDrivers(
  lines: readonly PlanLine[],
  timeline: readonly Period[],
  { rates, baseCurrency }: Pick<Reference, 'baseCurrency' | 'rates'>,
): Result<ReadonlyMap<string, Driver>, BaseFault> {
  const foreign = new Set(lines.map(({ line }) => line.currency).filter((currency) => currency !== baseCurrency));
  const drivers = new Map<string, Driver>();
  for (const currency of [...foreign].sort()) {
    const values: { from: string; value: string }[] = [];
    for (const { start } of timeline) {
      const held = rateOn(rates, currency, baseCurrency, start);
      if (held === undefined) return err({ kind: 'no-rate-on', currency, wanted: baseCurrency, date: start });
      if (held.rate !== values.at(-1)?.value) values.push({ from: start, value: held.rate });
    }
    const name = `${baseCurrency} for one ${currency}`;
    const unit = `${baseCurrency}/${currency}`;
    drivers.set(currency, { kind: 'driver', id: `${RATE}${currency}`, name, unit, content: { values } });
  }
  return ok(drivers);
}
