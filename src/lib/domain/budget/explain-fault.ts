/** Why a line or driver has no figures, in a sentence that says what to do. */
import { explainFault, explainFigure } from '#lib/domain/expression/explain.ts';
import type { PlanFault } from './effective.ts';

/** `text` is the formula that the fault stands in; `nameOf` gives the name of an id. */
export function explainPlanFault(fault: PlanFault, text: string, nameOf: (id: string) => string | undefined): string {
  switch (fault.kind) {
    case 'in-formula':
      return explainFault(fault.fault, text);
    case 'in-figure':
      return explainFigure(fault.fault, nameOf(fault.fault.id) ?? '');
    case 'in-circle':
      return `These wait for each other: ${fault.names.join(' -> ')}. Let one of them use prev(...), or a value of its own.`;
    case 'in-need':
      return `It needs “${fault.name}”, which has no figures. Mend that first.`;
    case 'id-twice':
      return 'A driver and a line stand under one id here. Remove the driver and add it again.';
    case 'no-year':
      return 'Which year this plan is for is not known here yet. Wait until everything has synced.';
  }
}
