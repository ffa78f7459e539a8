/** The column of each role in one file. */
import type { Role } from '../table/role.ts';
import type { ColumnMapping } from './mapping.ts';

/** -1 where no column has the role. */
export type Columns = Readonly<Record<Role, number>>;

export function columnsByRole(mapping: ColumnMapping): Columns {
  const index = (role: Role): number => mapping.columns.findIndex((column) => column.role === role);
  return {
    date: index('date'),
    amount: index('amount'),
    debit: index('debit'),
    credit: index('credit'),
    direction: index('direction'),
    currency: index('currency'),
    vendor: index('vendor'),
    description: index('description'),
    reference: index('reference'),
    category: index('category'),
    department: index('department'),
    project: index('project'),
    kind: index('kind'),
  };
}
