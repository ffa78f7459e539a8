/** Why models cannot be compared, in a sentence. */
import { explainFigure } from '#lib/domain/expression/explain.ts';
import type { SensitivityFault } from './sensitivity.ts';

/** `nameOf` gives the name of a driver or line by its id. */
export function explainMeasure(fault: SensitivityFault, nameOf: (id: string) => string): string {
  switch (fault.kind) {
    case 'no-rate':
      return `Amounts in ${fault.currency} and ${fault.wanted} are not added up. Name the driver that says how much ${fault.wanted} one ${fault.currency} is.`;
    case 'unknown-driver':
      return `There is no driver ${fault.id} here. Take it out of the list.`;
    case 'no-percent':
      return `“${fault.text}” is not a percentage. Write -10 or 2.5.`;
    default:
      return explainFigure(fault, nameOf(fault.id));
  }
}
