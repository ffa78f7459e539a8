/** One of two values that people gave the same thing while apart. */
export interface ConflictSide {
  readonly who: string;
  /** Whether that is the person looking at it. */
  readonly mine: boolean;
  /** The value as the screen writes it. */
  readonly text: string;
  readonly when?: string;
}
