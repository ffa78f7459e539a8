/** Who is paid (or pays). Aliases are other spellings under which files name the same vendor. */
export interface Vendor {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly note: string;
}
