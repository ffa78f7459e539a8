/** The header of Outlay's own export of expenses: a file that has exactly these names is read back without guessing. (X20) */
import type { Role } from '../table/role.ts';

export const ownColumns: readonly (readonly [string, Role])[] = [
  ['Date', 'date'],
  ['Kind', 'kind'],
  ['Amount', 'amount'],
  ['Currency', 'currency'],
  ['Vendor', 'vendor'],
  ['Description', 'description'],
  ['Invoice number', 'reference'],
  ['Category', 'category'],
  ['Department', 'department'],
  ['Project', 'project'],
];

export function isOwnHeader(names: readonly string[]): boolean {
  return names.length === ownColumns.length && ownColumns.every(([name], i) => names[i] === name);
}
