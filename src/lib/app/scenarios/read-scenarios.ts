/** The scenarios of a workspace, each put together from its parts as far as this person reads them. */
import { ROOT_DEPARTMENT } from '#lib/domain/organisation/department.ts';
import type { Scenario } from '#lib/domain/scenario/scenario.ts';
import type {
  ScenarioAssumption,
  ScenarioChange,
  ScenarioCorrelation,
  ScenarioDistribution,
  ScenarioHead,
} from '#lib/documents/scenario.ts';
import type { OfScenario } from '#lib/store/reference-mirror.ts';
import type { Reader } from '../reader.ts';

export interface KeptScenario extends Scenario, ScenarioHead {
  readonly assumptions: readonly ScenarioAssumption[];
  /** What `changes` are made of, in the same order. */
  readonly entries: readonly PlacedChange[];
  readonly distributions: readonly ScenarioDistribution[];
  readonly correlations: readonly ScenarioCorrelation[];
  /** The areas whose parts are read here, the root's first. */
  readonly areas: readonly string[];
}

/** A change, and the area whose part of the scenario it stands in. */
export type PlacedChange = ScenarioChange & { readonly area: string };

/** The oldest first; those that were put away are among them. */
export async function readScenarios(reader: Pick<Reader, 'reference'>): Promise<readonly KeptScenario[]> {
  const [heads, changes, assumptions, distributions, correlations] = await Promise.all([
    reader.reference('scenarios'),
    reader.reference('scenarioChanges'),
    reader.reference('scenarioAssumptions'),
    reader.reference('scenarioDistributions'),
    reader.reference('scenarioCorrelations'),
  ]);
  const kept = [...Map.groupBy(heads, ({ scenario }) => scenario)].map(([id, parts]) => {
    const own = <R extends OfScenario<{ readonly id: string }>>(all: readonly R[]): readonly R[] =>
      all.filter(({ scenario }) => scenario === id);
    return scenarioOf({
      heads: parts,
      changes: own(changes),
      assumptions: own(assumptions),
      distributions: own(distributions),
      correlations: own(correlations),
    });
  });
  return kept.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

interface Parts {
  /** At least one. */
  readonly heads: readonly (ScenarioHead & { readonly area: string })[];
  readonly changes: readonly PlacedChange[];
  readonly assumptions: readonly ScenarioAssumption[];
  readonly distributions: readonly ScenarioDistribution[];
  readonly correlations: readonly ScenarioCorrelation[];
}

/** One scenario of its parts: what it is stands in each, and the root area's is believed where they differ. */
export function scenarioOf({ heads, changes, assumptions, distributions, correlations }: Parts): KeptScenario {
  const ordered = heads.toSorted(byArea);
  const [{ area: _area, ...head }] = ordered as [(typeof ordered)[number]];
  const entries = changes.toSorted(byOrder);
  return {
    ...head,
    entries,
    changes: entries.map(({ change }) => change),
    assumptions: assumptions.toSorted((a, b) => a.order - b.order),
    distributions,
    correlations,
    areas: ordered.map(({ area }) => area),
  };
}

/** One order on every device: as they were made, of two made at once by id. */
function byOrder(a: Pick<ScenarioChange, 'order' | 'id'>, b: Pick<ScenarioChange, 'order' | 'id'>): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1);
}

function byArea(a: { readonly area: string }, b: { readonly area: string }): number {
  return Number(b.area === ROOT_DEPARTMENT) - Number(a.area === ROOT_DEPARTMENT) || (a.area < b.area ? -1 : 1);
}
