/** What money is booked to. Null means not said yet; reports show it as unassigned, never hide it. */
export interface Coding {
  readonly vendorId: string | null;
  readonly categoryId: string | null;
  readonly departmentId: string | null;
  readonly projectId: string | null;
  /** The budget line it draws on. */
  readonly lineId: string | null;
}

/** The coding of an expense or entry, without the rest of it. */
export function codingOf(coded: Coding): Coding {
  const { vendorId, categoryId, departmentId, projectId, lineId } = coded;
  return { vendorId, categoryId, departmentId, projectId, lineId };
}

/** Whether two are booked to the same. */
export function sameCoding(a: Coding, b: Coding): boolean {
  return (
    a.vendorId === b.vendorId &&
    a.categoryId === b.categoryId &&
    a.departmentId === b.departmentId &&
    a.projectId === b.projectId &&
    a.lineId === b.lineId
  );
}
