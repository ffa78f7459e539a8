/** What the decider writes into a document. */
export type DocumentWrite =
  /** Insert the record, or bring it to exactly these fields; a removed record stands again. */
  | { readonly kind: 'put'; readonly document: string; readonly collection: string; readonly record: MirrorRecord }
  /** Bring a record to these fields, if it is there; its others stay as they are. */
  | {
      readonly kind: 'amend';
      readonly document: string;
      readonly collection: string;
      readonly id: string;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  /** Remove the record; one that is not there is no fault. */
  | { readonly kind: 'remove'; readonly document: string; readonly collection: string; readonly id: string };

export type MirrorRecord = { readonly id: string } & Readonly<Record<string, unknown>>;

/** The document that mirrors what deciding rests on. */
export const DECISIONS_DOCUMENT = 'decisions/root';
