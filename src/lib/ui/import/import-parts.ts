/** One way to read a column that can be read in two. */
export interface Reading<V extends string> {
  readonly value: V;
  readonly label: string;
  /** What it makes of each sample; null where it makes nothing of it. */
  readonly makes: readonly (string | null)[];
}

/** What the import page shows of a file before anything is stored. */
export interface ImportColumn<F extends string> {
  /** 0-based place in the file. */
  readonly at: number;
  readonly header: string;
  readonly samples: readonly string[];
  /** What it becomes; null when it is left out. */
  readonly field: F | null;
}

/** The four fates of a row, in the order in which the page lists them. */
export type ImportFate = 'new' | 'already-here' | 'look-alike' | 'cannot-read';

export interface ImportRow {
  readonly id: string;
  /** 1-based line in the file. */
  readonly line: number;
  readonly fate: ImportFate;
  readonly date: string;
  readonly vendor: string;
  readonly amount: string;
  /** What it will be booked to, or what it is linked with. */
  readonly target: string;
  /** Why: the rule that applied, the twin that was found, what could not be read. */
  readonly why: string;
  /** For a look-alike: null while nobody has said whether it is a purchase of its own. */
  readonly own?: boolean | null;
}
