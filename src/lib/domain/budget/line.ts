import type { PeriodKey } from '../fiscal/period.ts';

/** One line of a budget. Only its phases are stored; its total is always their sum. (B1) */
export interface BudgetLine {
  readonly id: string;
  readonly name: string;
  readonly nature: 'cost' | 'revenue';
  readonly categoryId: string | null;
  readonly departmentId: string | null;
  readonly vendorId: string | null;
  readonly projectId: string | null;
  readonly objectiveId: string | null;
  readonly ownerId: string | null;
  readonly currency: string;
  readonly spend: 'opex' | 'capex';
  readonly purpose: 'run' | 'grow' | 'transform' | 'unclassified';
  readonly note: string;
  readonly archived: boolean;
  /** Sort position among its siblings; ties break by id. */
  readonly order: number;
}

/** Minor units of the line's currency per period; a period that is absent is zero. */
export type Phases = Readonly<Record<PeriodKey, number>>;
