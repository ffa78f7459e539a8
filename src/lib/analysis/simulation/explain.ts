/** Why something cannot be drawn, in a sentence that says what to do. */
import type { CorrelationFault } from './correlation.ts';
import type { DistributionFault } from './distributions.ts';

/** `driver` as people call it. */
export function explainDistribution(driver: string, fault: DistributionFault): string {
  switch (fault.kind) {
    case 'not-a-number':
      return `${driver} has no number for ${fault.parameter}. Give one.`;
    case 'negative-spread':
      return `The ${fault.parameter} of ${driver} is below zero. A spread is zero or more.`;
    case 'out-of-order':
      return `The ${fault.parameters.join(', ')} of ${driver} are not in this order. Give the lowest first.`;
    case 'weight-not-positive':
      return `The weight of the likeliest value of ${driver} is not above zero. Usual is 4.`;
    case 'no-values':
      return `There are no values ${driver} could take. Give at least one.`;
    case 'unequal-lists':
      return `${driver} has ${fault.values} values and ${fault.probabilities} probabilities. Give one for each.`;
    case 'not-a-probability':
      return `${fault.probability} is not a probability of ${driver}: they lie between 0 and 1.`;
    case 'probabilities-do-not-add-up':
      return `The probabilities of ${driver} add up to ${Number(fault.sum.toPrecision(6))}, not to 1. Change them until they do.`;
    case 'too-large':
      return `${driver} could come out larger than can be reckoned with. Make its range or spread smaller.`;
  }
}

export function explainCorrelation(fault: CorrelationFault): string {
  switch (fault.kind) {
    case 'not-a-correlation':
      return `${fault.value} is not a correlation of ${fault.between.join(' and ')}: they lie between -1 and 1.`;
    case 'correlated-with-nobody':
      return `${fault.between.join(' and ')} cannot be correlated: there is no driver ${fault.unknown}.`;
    case 'correlated-with-itself':
      return `${fault.driver} is always correlated with itself. Leave that out.`;
    case 'correlated-twice':
      return `The correlation of ${fault.between.join(' and ')} is given twice. Keep one.`;
  }
}
