/** The methods that a person may choose for a line in place of the combination, by name alone: the engine stays away. */
import type { MethodName } from '#lib/analysis/forecast/methods.ts';

const NAMES: Readonly<Record<MethodName, true>> = {
  ets: true,
  theta: true,
  'dynamic-theta': true,
  'damped-trend': true,
  'complex-smoothing': true,
  'simple-smoothing': true,
  holt: true,
  'holt-winters': true,
  intermittent: true,
  'seasonal-naive': true,
};

export const PINNABLE = Object.keys(NAMES) as readonly MethodName[];

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(NAMES, name);
}
