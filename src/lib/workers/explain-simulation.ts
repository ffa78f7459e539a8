/** Why a plan was not simulated, in a sentence that says what to do. */
import { explainMeasure } from '#lib/analysis/scenario/explain.ts';
import { explainSimulation } from '#lib/analysis/simulation/explain.ts';
import { explainModel } from '#lib/domain/expression/explain.ts';
import type { SimulationRefusal } from './simulation-messages.ts';

/** What people call a driver or line, and the formula they gave it, by its id. */
export interface Called {
  readonly nameOf: (id: string) => string;
  readonly textOf: (id: string) => string;
}

export function explainRefusal(refusal: SimulationRefusal, { nameOf, textOf }: Called): string {
  switch (refusal.kind) {
    case 'model':
      return explainModel(refusal.fault, textOf);
    case 'measure':
      return explainMeasure(refusal.fault, nameOf);
    case 'simulation':
      return explainSimulation(refusal.fault, nameOf);
    case 'unreadable':
      return `What was asked cannot be read${refusal.at === '' ? '' : ` (${refusal.at})`}. Nothing was changed: reload the page and ask again.`;
  }
}
