import type { BudgetLine } from '#lib/domain/budget/line.ts';

/** A cost line in EUR, coded to nothing. */
export function makeLine(fields: Partial<BudgetLine> = {}): BudgetLine {
  return {
    id: 'line-1',
    name: 'Licences',
    nature: 'cost',
    categoryId: null,
    departmentId: null,
    vendorId: null,
    projectId: null,
    objectiveId: null,
    ownerId: null,
    currency: 'EUR',
    spend: 'opex',
    purpose: 'unclassified',
    note: '',
    archived: false,
    order: 0,
    ...fields,
  };
}
