/** What money is booked to. Null means not said yet; reports show it as unassigned, never hide it. */
export interface Coding {
  readonly vendorId: string | null;
  readonly categoryId: string | null;
  readonly departmentId: string | null;
  readonly projectId: string | null;
  /** The budget line it draws on. */
  readonly lineId: string | null;
}
