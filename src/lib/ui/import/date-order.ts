/** A date of the file with both of its readings, as the screen writes them. */
export interface DateSample {
  readonly text: string;
  readonly dayFirst: string;
  readonly monthFirst: string;
}
