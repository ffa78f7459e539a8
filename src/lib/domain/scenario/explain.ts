/** What is wrong with a scenario, in a sentence that says what to do. */
import type { PatchFault } from './patch.ts';
import type { ScenarioFault } from './scenario.ts';

export function explainScenario(fault: ScenarioFault | PatchFault): string {
  switch (fault.kind) {
    case 'name-missing':
      return 'The scenario has no name. Give it one.';
    case 'no-probability':
      return `“${fault.text}” is not a probability. Write a share from 0 to 1, such as 0.3.`;
    case 'probabilities-exceed-one':
      return `The probabilities of ${listed(fault.names)} come to ${fault.sum}, more than 1. Lower one of them.`;
    case 'unknown-scenario':
      return `The scenario this one stands over is gone (${fault.id}). Put it over a version or another scenario.`;
    case 'circular':
      return `These scenarios stand over each other: ${fault.names.join(' -> ')}. Put one of them over a version.`;
    case 'unknown-line':
      return `The plan no longer has the line this scenario changes (${fault.id}). Take the change out, or bring the line back.`;
    case 'unknown-driver':
      return `The plan no longer has the driver this scenario changes (${fault.id}). Take the change out, or bring the driver back.`;
    case 'known-id':
      return `The plan already has what this scenario adds (${fault.id}). Take the addition out.`;
    case 'no-percent':
      return `“${fault.text}” is not a percentage. Write -10 or 2.5.`;
    case 'no-date':
      return `“${fault.text}” is not a date. Write 2027-07-01.`;
    case 'too-large':
      return `The amounts of a line become too large (${fault.lineId}). Check the percentage.`;
    case 'not-movable':
      return `A line by formula cannot be moved by ${fault.periods} periods: 0 to 24 later can be done. Change the dates of its drivers.`;
  }
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
