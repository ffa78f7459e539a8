/** A version of the plan. Its lines stand in one document for each area. */
export interface BudgetVersion {
  readonly id: string;
  readonly name: string;
  readonly kind: 'budget' | 'forecast';
  readonly fiscalYear: number;
  /** The version it was copied from, or null. */
  readonly parentId: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly archived: boolean;
}
