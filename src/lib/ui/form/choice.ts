/** One thing to choose among several. */
export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly disabled?: boolean;
  /** Heading it is listed under. */
  readonly group?: string;
}
