/** What-if: a patch over a version of the plan, or over another scenario. */
import type { Phases } from '#lib/domain/budget/line.ts';
import type { Driver } from '#lib/domain/expression/definition.ts';
import { fraction, fractionOf, plus, scaled } from '#lib/domain/money/fraction.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { PlanLine } from './plan.ts';

export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly over: { readonly versionId: string } | { readonly scenarioId: string };
  /** Made one after the other, after those of the scenario it stands over. */
  readonly changes: readonly Change[];
  readonly assumptions: readonly Assumption[];
  /** Plain decimal from '0' to '1'; null where nobody says. */
  readonly probability: string | null;
}

export interface Assumption {
  readonly text: string;
  /** Who says so, or where it stands. */
  readonly source: string;
}

/** `from` is a date: the change holds in the period it lies in and later; null is in all of them. */
export type Change =
  | { readonly kind: 'add-driver'; readonly driver: Driver }
  | { readonly kind: 'set-driver'; readonly driverId: string; readonly content: Driver['content'] }
  | { readonly kind: 'add-line'; readonly line: PlanLine }
  | { readonly kind: 'drop-line'; readonly lineId: string }
  | { readonly kind: 'set-formula'; readonly lineId: string; readonly formula: string }
  /** These periods get these amounts; a line by formula keeps no formula. */
  | { readonly kind: 'set-phases'; readonly lineId: string; readonly phases: Phases }
  /** Percent more (or less, '-10') as plain decimal text. */
  | { readonly kind: 'scale-line'; readonly lineId: string; readonly percent: string; readonly from: string | null }
  /** So many periods later; earlier where negative. */
  | { readonly kind: 'move-line'; readonly lineId: string; readonly periods: number }
  | { readonly kind: 'stop-line'; readonly lineId: string; readonly from: string };

export type ScenarioFault =
  | { readonly kind: 'name-missing' }
  | { readonly kind: 'no-probability'; readonly text: string }
  /** Together more than 1. */
  | { readonly kind: 'probabilities-exceed-one'; readonly sum: string; readonly names: readonly string[] }
  | { readonly kind: 'unknown-scenario'; readonly id: string }
  /** Scenarios that stand over each other, the first again at the end. */
  | { readonly kind: 'circular'; readonly names: readonly string[] };

/** What keeps a scenario from being kept; empty when nothing does. (SC1) */
export function scenarioFaults({ name, probability }: Scenario): readonly ScenarioFault[] {
  const faults: ScenarioFault[] = [];
  if (name.trim() === '') faults.push({ kind: 'name-missing' });
  if (probability !== null && !isShare(probability)) faults.push({ kind: 'no-probability', text: probability });
  return faults;
}

export interface Lineage {
  readonly versionId: string;
  /** The scenario that stands over the version first, the one asked for last. */
  readonly scenarios: readonly Scenario[];
}

/** The version at the bottom of a scenario, and the scenarios between. (SC2) */
export function lineageOf(id: string, scenarios: readonly Scenario[]): Result<Lineage, ScenarioFault> {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const found: Scenario[] = [];
  for (let next = id; ;) {
    const scenario = byId.get(next);
    if (!scenario) return err({ kind: 'unknown-scenario', id: next });
    const again = found.indexOf(scenario);
    if (again >= 0) return err({ kind: 'circular', names: [...found.slice(again), scenario].map(({ name }) => name) });
    found.push(scenario);
    if ('versionId' in scenario.over) return ok({ versionId: scenario.over.versionId, scenarios: found.toReversed() });
    next = scenario.over.scenarioId;
  }
}

export interface Weighed {
  /** Minor units. */
  readonly expected: number;
  /** What is left for the base, as plain decimal. */
  readonly baseProbability: string;
}

/**
 * The expected total of alternatives over one base, rounded half-even: what no scenario is given is the base's. Those
 * without a probability have no part. (SC4)
 */
export function weighed(
  base: number,
  outcomes: readonly { readonly scenario: Scenario; readonly total: number }[],
): Result<Weighed, ScenarioFault> {
  let sum = fraction(0n);
  let expected = fraction(BigInt(base));
  for (const { scenario, total } of outcomes) {
    const [fault] = scenarioFaults(scenario).filter(({ kind }) => kind === 'no-probability');
    if (fault) return err(fault);
    const share = fractionOf(scenario.probability ?? '0');
    sum = plus(sum, share);
    const difference = fraction(share.numerator * (BigInt(total) - BigInt(base)), share.denominator);
    expected = plus(expected, difference);
  }
  if (sum.numerator > sum.denominator) {
    const names = outcomes.map(({ scenario }) => scenario.name);
    return err({ kind: 'probabilities-exceed-one', sum: decimalOf(sum.numerator, sum.denominator), names });
  }
  const minor = Number(scaled(expected, 0, 'half-even'));
  return ok({ expected: minor, baseProbability: decimalOf(sum.denominator - sum.numerator, sum.denominator) });
}

/** A fraction of tenths, hundredths or the like as plain decimal. */
function decimalOf(numerator: bigint, denominator: bigint): string {
  const decimals = String(denominator).length - 1;
  const figures = String((numerator * 10n ** BigInt(decimals)) / denominator).padStart(decimals + 1, '0');
  const text = `${figures.slice(0, figures.length - decimals)}.${figures.slice(figures.length - decimals)}`;
  return text.replace(/\.?0*$/, '');
}

function isShare(text: string): boolean {
  return /^(0(\.\d{1,12})?|1(\.0{1,12})?)$/.test(text);
}
