/** One filter in words: "Category: Cloud". The id is its owner's. */
export interface FilterChip {
  readonly id: string;
  readonly label: string;
  readonly value: string;
}
