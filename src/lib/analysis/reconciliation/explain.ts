/** Why lines and a total cannot be made to add up, in a sentence. */
import type { ReconcileFault } from './reconcile.ts';

/** `periodAt` names the period of a position. */
export function explainReconciliation(fault: ReconcileFault, periodAt: (position: number) => string): string {
  switch (fault.kind) {
    case 'not-an-amount':
      return `The forecast of ${periodAt(fault.period)} is too large to be exact in minor units. Check the figures it comes from.`;
    case 'lengths-differ':
      return 'The forecasts are of different periods. Forecast all lines for the same ones.';
    case 'no-lines':
      return 'There is no line to share the total.';
    case 'signs-clash':
      return `In ${periodAt(fault.period)} the total is cost where every line is income, or the other way. Check the forecast of the total, or add the lines up instead.`;
  }
}
