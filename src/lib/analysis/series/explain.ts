/** Why points make no series, in a sentence. */
import type { SeriesFault } from './series.ts';

export function explainSeries(fault: SeriesFault): string {
  switch (fault.kind) {
    case 'no-points':
      return 'Nothing has been booked here yet, so there is nothing to forecast from.';
    case 'mixed-currencies':
      return `The amounts are in ${fault.currencies.join(', ')}. Amounts of several currencies are not added up: forecast in the base currency, or one currency at a time.`;
    case 'unknown-period':
      return `“${fault.period}” is not a period of this calendar. Check where the figures come from.`;
    case 'duplicate-period':
      return `There are two figures for ${fault.period}. Add them up first: which one counts cannot be guessed.`;
    case 'not-an-amount':
      return `The figure for ${fault.period} is not an amount in whole minor units. Check where it comes from.`;
  }
}
