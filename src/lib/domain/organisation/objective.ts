/** What the money is for: a measurable aim to which budget lines and projects are linked. */
export interface Objective {
  readonly id: string;
  readonly name: string;
  readonly metric: string;
  readonly target: string;
  /** ISO date by which it should be reached, or null. */
  readonly due: string | null;
}
