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

/** The plan of a year is its newest budget that is not archived; of two made at the same instant the larger id. (B20) */
export function planOf(versions: readonly BudgetVersion[], fiscalYear: number): BudgetVersion | null {
  const candidates = versions.filter(
    (version) => version.kind === 'budget' && version.fiscalYear === fiscalYear && !version.archived,
  );
  const age = ({ createdAt, id }: BudgetVersion): string => `${createdAt} ${id}`;
  return candidates.toSorted((a, b) => (age(a) < age(b) ? 1 : -1))[0] ?? null;
}
