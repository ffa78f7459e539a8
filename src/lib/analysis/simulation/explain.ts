/** Why something cannot be drawn, in a sentence that says what to do. `nameOf` gives what people call a driver by its key. */
import type { CorrelationFault } from './correlation.ts';
import type { DistributionFault } from './distributions.ts';
import type { SimulationFault, SimulationNote } from './plan.ts';

export function explainSimulation(fault: SimulationFault, nameOf: (key: string) => string): string {
  switch (fault.kind) {
    case 'nothing-varies':
      return 'Nothing may vary here, so there is nothing to simulate. Give a driver a distribution.';
    case 'driver-twice':
      return `${nameOf(fault.driver)} is given twice. Keep one.`;
    case 'distribution':
      return explainDistribution(nameOf(fault.driver), fault.fault);
    case 'persistence':
      return `${fault.persistence} is not a persistence of ${nameOf(fault.driver)}: they lie between 0, drawn anew every period, and 1, drawn once.`;
    case 'correlation':
      return explainCorrelation(fault.fault, nameOf);
    case 'not-a-count':
      return `${fault.given} is no number ${fault.of === 'block' ? 'of periods in a block' : `of ${fault.of}`}. Give a whole number from 1 to ${fault.most}.`;
    case 'not-a-seed':
      return `${fault.seed} is not a seed. Give a whole number from 0.`;
    case 'too-few-residuals':
      return `Paths take their shape from at least 12 periods of a forecast's misses; there are ${fault.residuals}.`;
    case 'uneven-residuals':
      return 'The misses of some lines cover other periods than those of others. Take the periods that all have.';
    case 'residual-not-a-number':
      return 'One of the misses of the forecast is not a number. Check where it comes from.';
    case 'no-number':
      return `The model has no answer for ${fault.output} on path ${fault.path + 1}. Check what it divides by, and how large its drivers may become.`;
  }
}

export function explainNote(note: SimulationNote, nameOf: (key: string) => string): string {
  switch (note.kind) {
    case 'correlations-repaired':
      return `The correlations contradict each other, so the nearest that can be were drawn: ${note.repaired
        .map(
          ({ between, value, became }) =>
            `${between.map(nameOf).join(' and ')} ${became.toFixed(2)} in place of ${value}`,
        )
        .join(', ')}.`;
    case 'drawn-plainly':
      return `${note.dimensions} of the numbers a path takes were drawn plainly: evenly spread points have 256 at most.`;
    case 'uneven':
      return `${note.points} paths in each repetition are not a power of two, so they are spread a little less evenly than they could be.`;
  }
}

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

export function explainCorrelation(fault: CorrelationFault, nameOf: (key: string) => string): string {
  switch (fault.kind) {
    case 'not-a-correlation':
      return `${fault.value} is not a correlation of ${fault.between.map(nameOf).join(' and ')}: they lie between -1 and 1.`;
    case 'correlated-with-nobody':
      return `${fault.between.map(nameOf).join(' and ')} cannot be correlated: there is no driver ${nameOf(fault.unknown)}.`;
    case 'correlated-with-itself':
      return `${nameOf(fault.driver)} is always correlated with itself. Leave that out.`;
    case 'correlated-twice':
      return `The correlation of ${fault.between.map(nameOf).join(' and ')} is given twice. Keep one.`;
  }
}
