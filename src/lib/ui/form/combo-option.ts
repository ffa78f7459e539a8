/** One line of a Combobox. */
export interface ComboOption {
  readonly value: string;
  readonly label: string;
  /** Found by typing it too, and shown muted at the end: the path of a category, an alias of a vendor. */
  readonly hint?: string;
  /** How far it stands in while the whole list is shown. */
  readonly depth?: number;
}
